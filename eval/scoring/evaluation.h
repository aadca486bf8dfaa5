#pragma once
// Scores predictions against the data set that they answer.

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "data/storage/dataset.h"
#include "eval/scoring/config.h"
#include "eval/scoring/prediction_set.h"
#include "eval/scoring/scores.h"

namespace recombine {

/// Throws DataError where the prediction set answers another data set.
template <class Records>
void require_answers_to(const DataSet<Records>& data, const PredictionSet& predicted);

/// How far the work is: items done.
using OnItem = std::function<void(std::size_t done)>;

/// Which planned queries of each item are exactly right, in the order of the data set; an item that
/// was not planned has none.
using Outcomes = std::vector<std::vector<bool>>;

/// A query whose answer was not right.
struct WrongAnswer {
  std::size_t item = 0;  ///< index in the data set
  int query = 0;
};

/// With what the nearest program to it has otherwise, where there is one.
struct ErrorExample {
  WrongAnswer which;
  std::vector<RuleChange> changes;
};

/// By kind, the first wrong answers of each, at most one an item.
using ErrorExamples = std::map<std::string, std::vector<ErrorExample>>;
inline constexpr std::size_t kErrorExamples = 5;

struct Evaluation {
  SplitScores scores;
  Outcomes outcomes;
  ErrorExamples examples;
};

/// Judges every answer of `predicted`, which must be for `data`, once: throws DataError where its
/// digest is another, and as PredictionSet::check_against() does.
template <class Records>
Evaluation evaluate(const DataSet<Records>& data,
                    const PredictionSet& predicted,
                    const EvaluateConfig& config = {},
                    const OnItem& on_item = {});

/// The name (of data_set_names()) of the data set under `folder` that the prediction set answers:
/// by its digest, and by its name where two are alike. Throws DataError where there is none.
std::string answered_set(const std::filesystem::path& folder, const PredictionSet& predicted);

/// The name of the data set `name` (of data_set_names()) under `folder`: its folder's.
std::string split_name(const std::filesystem::path& folder, const std::string& name);

/// The first `limit` wrong answers, at most one an item.
std::vector<WrongAnswer> wrong_answers(const Outcomes& outcomes, int limit);
/// The same where nothing was judged yet: judges no more items than it takes.
template <class Records>
std::vector<WrongAnswer> wrong_answers(const DataSet<Records>& data,
                                       const PredictionSet& predicted,
                                       int limit);

}  // namespace recombine
