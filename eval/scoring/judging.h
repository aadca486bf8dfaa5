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

}  // namespace recombine
