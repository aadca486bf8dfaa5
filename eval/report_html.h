#pragma once
// A report as a page: the tables, and pictures of what was answered wrongly.

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "eval/drawing/item_scene.h"
#include "eval/evaluation.h"
#include "eval/report.h"

namespace recombine {

/// The first `limit` wrong answers of a book, at most one an episode, with the truth.
std::vector<SheetEntry> wrong_entries(const EpisodeSet& data, const AnswerBook& book, int limit);

/// `count` answers spread evenly over the episodes, one an episode. `book` may be null: truth
/// alone.
std::vector<SheetEntry> spread_entries(const EpisodeSet& data, const AnswerBook* book, int count);

/// A self-contained page: the tables of all reports and, for each book, its wrong answers in the
/// data set under `folder` that it is for.
std::string report_page(std::span<const Report> reports,
                        std::span<const AnswerBook> books,
                        const std::filesystem::path& folder,
                        int gallery);

}  // namespace recombine
