#pragma once
// Predictions of any program for tasks of a suite, found and scored.

#include <filesystem>
#include <string>
#include <vector>

#include "eval/scoring/config.h"
#include "eval/suite/result.h"
#include "tools/suites/suite.h"

namespace recombine {

/// A file of predictions, and what it answers.
struct SuiteAnswer {
  std::filesystem::path file;
  std::string model;  ///< the name of its row
  std::string task;
  std::string set;  ///< "test_ood"
};

struct FoundAnswers {
  std::vector<SuiteAnswer> answers;  ///< in the order of models, then of tasks
  std::vector<std::string> ignored;  ///< files of folders that are no TASK.SET.jsonl of the suite
};

/// What `predictions` names: files, folders of files TASK.SET.jsonl, folders of such folders. A
/// folder's name is that of the model where it lies in a folder that was named; else the
/// predictor's own is. A file that was named itself may be called anything: the digest in its meta
/// then says what it answers. `whole` is the suite with all of its tasks: answers to one that
/// `suite` leaves out are left out. Throws DataError for a file that answers no set below `data`.
FoundAnswers find_suite_answers(const Suite& suite,
                                const Suite& whole,
                                const std::filesystem::path& data,
                                const std::vector<std::string>& predictions);

/// Scores them: a result a model and task. Throws DataError where a task's data are not the
/// suite's, and as evaluate_all() does.
std::vector<SuiteResult> score_suite(const Suite& suite,
                                     const std::filesystem::path& data,
                                     const std::vector<SuiteAnswer>& answers,
                                     const EvaluateConfig& config,
                                     bool quiet);

}  // namespace recombine
