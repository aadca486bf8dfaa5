#pragma once
// Pairs the answers of books to the same items.

#include <filesystem>
#include <span>
#include <vector>

#include "eval/report/report.h"
#include "eval/scoring/comparison.h"
#include "eval/scoring/prediction_set.h"

namespace recombine {

/// A comparison of each two books that answer the same data set under `folder`, over the queries
/// that were planned for both: in the order of the books. `reports` are evaluate_all()'s, in which
/// the comparisons name their predictors. Two that have no planned query in common are left out.
/// Throws Interrupted at the next item once a signal came.
std::vector<Comparison> compare_all(const std::filesystem::path& folder,
                                    std::span<const AnswerBook> books,
                                    std::span<const Report> reports,
                                    const EvaluateConfig& config);

}  // namespace recombine
