#pragma once
// The reports of several predictors.

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "eval/report/report.h"
#include "eval/scoring/evaluation.h"

namespace recombine {

/// A prediction set's answers, judged.
struct JudgedSet {
  std::string set;         ///< the answered_set() under the folder
  std::string family;      ///< of that set
  std::string split;       ///< its split_name()
  std::size_t report = 0;  ///< place of the predictor's report
  Outcomes outcomes;
  ErrorExamples examples;
};

struct AllEvaluations {
  std::vector<Report> reports;  ///< one a predictor and family, in the order of the prediction sets
  std::vector<JudgedSet> judged;  ///< one a prediction set
};

/// Judges all prediction sets, each of which is for its answered_set(). Throws DataError where
/// there is none, or where a predictor answers one data set twice. Sets of different families make
/// different reports.
AllEvaluations evaluate_all(const std::filesystem::path& folder,
                            std::span<const PredictionSet> prediction_sets,
                            const EvaluateConfig& config = {},
                            const OnItem& on_item = {});

}  // namespace recombine
