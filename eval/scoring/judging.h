#pragma once
// The answers of a prediction set to one item, judged.

#include <vector>

#include "eval/scoring/family.h"
#include "eval/scoring/query_score.h"

namespace recombine {

/// Of the item's planned queries, in their order; none where the item was not planned.
template <class Family, class Item>
std::vector<QueryScore> judge_item(const Family& family,
                                   const Item& item,
                                   const PredictionSet& predicted) {
  const int planned = predicted.planned_queries(item.id, Family::queries(item));
  std::vector<QueryScore> scores;
  scores.reserve(static_cast<std::size_t>(planned));
  for (int query = 0; query < planned; ++query)
    scores.push_back(family.judge(item, query, predicted.find(item.id, query)));
  return scores;
}

/// The same of its study pairs that were asked again, in their order; none where none were.
template <class Family, class Item>
std::vector<QueryScore> judge_copies(const Family& family,
                                     const Item& item,
                                     const PredictionSet& predicted) {
  std::vector<QueryScore> scores;
  const int queries = Family::queries(item);
  if (!predicted.meta().copies || predicted.planned_queries(item.id, queries) == 0) return scores;
  for (int place = 0; place < Family::copies(item); ++place)
    scores.push_back(family.judge_copy(item, place, predicted.find(item.id, queries + place)));
  return scores;
}

}  // namespace recombine
