#pragma once
// How well the present weights answer a validation set.

#include <string>

#include "data/json.h"
#include "meta/answers.h"

namespace recombine {

struct ValidationSet {
  std::string name;  ///< "val_id", "val_ood"
  EpisodeTable table;
};

/// Means over the queries of a set, 0..1 (eval/grid_scores.h says what each is).
struct ValidationScore {
  double exact = 0;
  double colour = 0;
  double shape = 0;
  std::int64_t queries = 0;
};

/// Scores answers [M, Q, N, N] to the table.
ValidationScore score_answers(const torch::Tensor& grids, const EpisodeTable& table);

/// {"exact": ..., "color": ..., "shape": ..., "queries": ...}
Json to_json(const ValidationScore& score);

}  // namespace recombine
