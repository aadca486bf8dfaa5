#pragma once
// The questions of a data set as a page shows them: what was asked, the truth, and what predictors
// answered.

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "data/json.h"
#include "eval/scoring/evaluation.h"
#include "eval/scoring/prediction_set.h"

namespace recombine {

/// A predictor's answers to a set.
struct PageAnswers {
  const PredictionSet* predicted = nullptr;
  std::size_t report = 0;                   ///< place of the predictor's report on the page
  const ErrorExamples* examples = nullptr;  ///< questions that the page must have; null: none
};

/// A data set, and who answered it.
struct PageSet {
  std::filesystem::path folder;
  std::string name;  ///< "test_ood"
  std::vector<PageAnswers> answers;
};

/// How much a page holds: it is sent by mail, and opened on a phone.
struct PageRoom {
  std::size_t bytes = 3'500'000;  ///< for questions with their answers
  std::size_t study = 1'000'000;  ///< of these, for study pairs
};

/// A question of a data set.
struct ChosenQuery {
  std::size_t item = 0;
  int query = 0;

  friend auto operator<=>(const ChosenQuery&, const ChosenQuery&) = default;
};

/// `limit` of the questions whose answers `right` says, for each predictor, by item and query; in
/// their order. Half of them are such that the predictors differ, a quarter such that none is
/// right, as far as there are so many, and each kind is spread over the set. A question that
/// nobody was asked counts as one that all have right.
std::vector<ChosenQuery> chosen_queries(std::span<const Outcomes> right, std::size_t limit);

/// {"name", "family", "count", "digest", "recipe", "reports": places of those who answered,
/// "asked", "shown", "items": what questions of the family are}. `limit` queries at most, and what
/// `room` holds, which they take away from.
Json questions_json(const PageSet& set, std::size_t limit, PageRoom& room);
/// The same with these questions alone.
Json chosen_questions_json(const PageSet& set, std::span<const ChosenQuery> chosen, PageRoom& room);

}  // namespace recombine
