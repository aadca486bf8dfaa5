#pragma once
// Results as the published scripts keep them, as predictions: of language models rows called
// "test_sample_N" (arXiv 2504.01445), of networks for facts all_items.json (arXiv 2405.15071).

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "eval/llm/answers/import.h"

namespace recombine {

struct ResultsJob {
  std::filesystem::path data;             ///< the set that was asked about, in the published order
  std::vector<std::filesystem::path> in;  ///< files and folders
  std::filesystem::path out;              ///< "P.jsonl"
  std::string name;                       ///< of the predictor; empty: the folder of the first file
  std::string repeats = "first";          ///< as in AnswerJob
  bool force = false;
  std::function<void(const std::string& line)> note = [](const std::string&) {};
};

/// "all_items.json" as it was read for one set.
struct FactResults {
  std::uint64_t planned = 0;  ///< items of the set
  std::uint64_t answered = 0;
  std::uint64_t other = 0;  ///< rows that answer no item of the set
};

/// Episode N of the set is what "test_sample_N" asks the first query of, and all of them are
/// planned. Writes what import_answers() does. Throws DataError.
ImportedAnswers import_grid_results(const ResultsJob& job);

/// Rows answer the items that have their question; all items of the set are planned. Throws
/// DataError, naming file and row, for what is no such row, for two answers to one question, and
/// where no row answers an item.
FactResults import_fact_results(const ResultsJob& job);

/// The name that the predictor gets.
std::string results_name(const ResultsJob& job);

}  // namespace recombine
