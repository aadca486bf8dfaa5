#pragma once
// A report as a page: the tables, and what was answered wrongly: pictures of grids, a table of
// facts.

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "eval/drawing/fact_scene.h"
#include "eval/drawing/item_scene.h"
#include "eval/report/evaluate_all.h"
#include "eval/report/report.h"

namespace recombine {

/// The first `limit` wrong answers of a book, at most one an item, with the truth.
std::vector<SheetEntry> wrong_entries(const EpisodeSet& data, const AnswerBook& book, int limit);
std::vector<FactEntry> wrong_entries(const FactSet& data, const AnswerBook& book, int limit);

/// `count` answers spread evenly over the items, one an item. `book` may be null: truth alone.
std::vector<SheetEntry> spread_entries(const EpisodeSet& data, const AnswerBook* book, int count);
std::vector<FactEntry> spread_entries(const FactSet& data, const AnswerBook* book, int count);

/// A self-contained page: the tables of all reports, the comparisons and, for each book, of which
/// `judged` has one each, `gallery` of its wrong answers in the data set under `folder` that it is
/// for.
std::string report_page(const ReportSet& set,
                        std::span<const AnswerBook> books,
                        std::span<const JudgedBook> judged,
                        const std::filesystem::path& folder,
                        int gallery);

}  // namespace recombine
