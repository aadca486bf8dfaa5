#pragma once
// From results of language models to predictions.

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "eval/llm/answers/reading.h"
#include "eval/llm/answers/response_set.h"

namespace recombine {

struct AnswerJob {
  std::filesystem::path prompts;                 ///< folder of an export
  std::vector<std::filesystem::path> responses;  ///< files and folders
  std::filesystem::path out;                     ///< "P.jsonl"
  std::string name;                              ///< of the predictor; empty: the model's
  bool force = false;
  std::function<void(const std::string& line)> note = [](const std::string&) {};
};

struct ImportedAnswers {
  AnswerCounts counts;
  ResultCounts results;
};

/// Writes what a person would read as P.jsonl, what the published rules read as P.strict.jsonl (of
/// grids), each with its meta, and P.readings.json. Every planned request is counted; what did not
/// come back has no row. The same responses, in any order, give the same bytes. Throws DataError.
ImportedAnswers import_answers(const AnswerJob& job);

}  // namespace recombine
