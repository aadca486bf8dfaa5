#pragma once
// The answers of a book to one item, judged.

#include <vector>

#include "eval/scoring/family.h"
#include "eval/scoring/query_score.h"

namespace recombine {

/// How the book answers a query.
template <class Family, class Item>
QueryScore judge(const Family& family, const Item& item, int query, const Prediction* answer) {
  QueryScore score;
  if (answer != nullptr) {
    score.invalid = family.invalid(*answer);
    score.state = score.invalid.empty() ? QueryState::kAnswered : QueryState::kInvalid;
  }
  score.counts = family.counts(item, query, answer);
  return score;
}

/// Of the item's planned queries, in their order; none where the item was not planned.
template <class Family, class Item>
std::vector<QueryScore> judge_item(const Family& family, const Item& item, const AnswerBook& book) {
  const int planned = book.planned_queries(item.id, Family::queries(item));
  std::vector<QueryScore> scores;
  scores.reserve(static_cast<std::size_t>(planned));
  for (int query = 0; query < planned; ++query)
    scores.push_back(judge(family, item, query, book.find(item.id, query)));
  return scores;
}

}  // namespace recombine
