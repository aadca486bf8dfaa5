#pragma once
// What a model is given and what it answers. Letters: B episodes, S study pairs, Q queries, N side.

#include <torch/torch.h>

namespace recombine {

struct GridBatch {
  torch::Tensor study;          ///< [B, S, 2, N, N] uint8: input and output of every study pair
  torch::Tensor query_inputs;   ///< [B, Q, N, N] uint8
  torch::Tensor query_outputs;  ///< [B, Q, N, N] uint8; undefined when predicting
};

struct GridAnswers {
  torch::Tensor grids;            ///< [B, Q, N, N] uint8
  torch::Tensor log_probability;  ///< [B, Q] float: of the whole grid
};

}  // namespace recombine
