#pragma once
// What is known of one predictor's answers to one task of a suite: a report (eval/report) that
// says which task it is of, under the key "suite" (docs/FORMAT.md, "Reports").

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "data/json.h"
#include "eval/report/report.h"

namespace recombine {

struct SuiteResult {
  std::string suite;       ///< "v1"
  std::string task;        ///< "depth-6"
  std::string axis;        ///< "depth": what the task holds out
  bool certified = false;  ///< whether each query is known to have one answer
  std::string model;       ///< the name of its row: its folder's, else the predictor's
  Report report;
};

/// A list of reports, recombine.reports/1, each with "suite": {"name", "task", "axis", "certified",
/// "model"}.
Json suite_results_json(std::span<const SuiteResult> results);

/// The way back. Throws DataError, naming the file, for reports that are of no suite.
std::vector<SuiteResult> read_suite_results(const std::filesystem::path& file);

}  // namespace recombine
