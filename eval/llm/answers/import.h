#pragma once
// From results of language models to predictions.

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "eval/llm/answers/reading.h"
#include "eval/llm/answers/response_set.h"

namespace recombine {

struct AnswerJob {
  std::filesystem::path prompts;        ///< folder of an export
  std::optional<PromptPlan> plan = {};  ///< what it planned; none: its prompts.json says it
  std::vector<std::filesystem::path> responses;  ///< files and folders
  std::filesystem::path out;                     ///< "P.jsonl"
  std::string name;                              ///< of the predictor; empty: the model's
  std::string repeats = "first";  ///< which of several answers counts; as find_repeats()
  bool force = false;
  std::function<void(const std::string& line)> note = [](const std::string&) {};
};

struct ImportedAnswers {
  AnswerCounts counts;  ///< of P.jsonl
  ResultCounts results;
  std::size_t files = 1;  ///< of predictions as a person reads them
};

/// Writes what a person would read as P.jsonl, what the published rules read as P.strict.jsonl (of
/// grids), each with its meta, and P.readings.json. Every planned request is counted; what did not
/// come back has no row. The same responses, in any order, give the same bytes, unless several
/// answer a request without a date and `repeats` goes by their order. "all" writes the second
/// answers as P.2.jsonl and so on, each with its files, named "NAME, answer 2". Throws DataError.
ImportedAnswers import_answers(const AnswerJob& job);

}  // namespace recombine
