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

/// The first `limit` wrong answers of a prediction set, at most one an item, with the truth.
std::vector<GalleryEntry> wrong_entries(const EpisodeSet& data,
                                        const PredictionSet& predicted,
                                        int limit);
std::vector<FactEntry> wrong_entries(const FactSet& data,
                                     const PredictionSet& predicted,
                                     int limit);

/// `count` answers spread evenly over the items, one an item. `predicted` may be null: truth alone.
std::vector<GalleryEntry> spread_entries(const EpisodeSet& data,
                                         const PredictionSet* predicted,
                                         int count);
std::vector<FactEntry> spread_entries(const FactSet& data,
                                      const PredictionSet* predicted,
                                      int count);

/// A self-contained page: the tables of all reports, the comparisons and, for each prediction set,
/// of which `judged` has one each, `gallery` of its wrong answers in the data set under `folder`
/// that it is for.
std::string report_page(const ReportSet& set,
                        std::span<const PredictionSet> prediction_sets,
                        std::span<const JudgedSet> judged,
                        const std::filesystem::path& folder,
                        int gallery);

}  // namespace recombine
