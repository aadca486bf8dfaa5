#pragma once
// What files and folders hold for a page: reports, runs, answers, and the data that they are for.

#include <deque>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "eval/page/report_page.h"
#include "eval/scoring/config.h"
#include "eval/scoring/prediction_set.h"

namespace recombine {

/// Paths, by what lies there.
struct FoundFiles {
  std::vector<std::filesystem::path> reports;
  std::vector<std::string> runs;                           ///< folders
  std::vector<std::string> traces;                         ///< folders
  std::vector<std::filesystem::path> predictions;          ///< .jsonl files with their meta
  std::multimap<std::string, std::filesystem::path> sets;  ///< folders of data sets, by digest
};

/// `places` are reports, or folders that are looked through to their ends (but for checkpoints), in
/// the order of names. Throws DataError for what is not there, and where nothing is found.
FoundFiles find_files(std::span<const std::string> places);

/// A page with what it points to.
struct CollectedPage {
  ReportPage page;
  std::deque<PredictionSet> predictions;
};

/// What reports say, once each; answers that no report scores are scored by `config`; the questions
/// are those of all answers whose data were found.
CollectedPage collect(const FoundFiles& found, const EvaluateConfig& config);

}  // namespace recombine
