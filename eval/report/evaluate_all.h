#pragma once
// The reports of several predictors.

#include <filesystem>
#include <span>
#include <vector>

#include "eval/report/report.h"
#include "eval/scoring/evaluation.h"

namespace recombine {

/// One report a predictor, in the order of the books, each of which is for its answered_set().
/// Throws DataError where there is none, or where a predictor answers one data set twice. Sets of
/// different families make different reports.
std::vector<Report> evaluate_all(const std::filesystem::path& folder,
                                 std::span<const AnswerBook> books,
                                 const EvaluateConfig& config = {},
                                 const OnItem& on_item = {});

}  // namespace recombine
