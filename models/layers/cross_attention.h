#pragma once
// Attention to tokens of another kind, as a part of a pre-norm block. Letters: docs/GLOSSARY.md.

#include <string>

#include <torch/torch.h>

#include "models/layers/attention.h"
#include "models/weights/parameter_collector.h"
#include "models/weights/weight.h"

namespace recombine {

struct CrossAttention {
  Norm norm;
  torch::Tensor query_weight, query_bias;    ///< [D, D], [D]
  torch::Tensor memory_weight, memory_bias;  ///< keys and values: [2 D, D], [2 D]
  torch::Tensor out_weight, out_bias;        ///< [D, D], [D]

  /// By the tables "NAME.look_norm", "NAME.look", "NAME.memory" and "NAME.seen".
  CrossAttention(const WeightTable& weights, const std::string& name);

  /// x [B, L, D], memory [B, T, D] -> what to add to x, [B, L, D].
  torch::Tensor operator()(const torch::Tensor& x,
                           const torch::Tensor& memory,
                           std::int64_t heads) const;
  /// The same -> how much each token of x looks at each of the memory, [B, H, L, T].
  torch::Tensor weights_of(const torch::Tensor& x,
                           const torch::Tensor& memory,
                           std::int64_t heads) const;
};

/// The tables of one of `blocks` blocks that stand one upon the other.
void add_cross_attention(ParameterCollector& to, const std::string& name, int blocks);

}  // namespace recombine
