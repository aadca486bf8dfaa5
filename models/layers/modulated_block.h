#pragma once
// Blocks of a transformer whose working is set, soft grid by soft grid, by a vector.
// Letters: docs/GLOSSARY.md.

#include <optional>
#include <string>

#include <torch/torch.h>

#include "models/layers/cross_attention.h"
#include "models/weights/weight.h"

namespace recombine {

/// What a vector makes of a block: scale and shift after each of its two norms, and a factor of
/// each hidden unit. All are 0, or undefined, for a block that works as if there were no vector.
struct Modulation {
  torch::Tensor scale_attention, shift_attention, scale_feed, shift_feed;  ///< [R, D] each
  torch::Tensor factor;                                                    ///< [R, hidden]
};

/// One linear map of the vectors [R, D], weight [4 D + hidden, D].
Modulation modulation(const torch::Tensor& vectors,
                      const torch::Tensor& weight,
                      const torch::Tensor& bias);

/// A pre-norm block without gains of its own: attention among the tokens of one soft grid, then a
/// feed-forward part.
struct ModulatedBlock {
  torch::Tensor qkv_weight, qkv_bias, out_weight, out_bias;
  torch::Tensor feed_in_weight, feed_in_bias, feed_out_weight, feed_out_bias;

  /// x [R, T, D] -> [R, T, D].
  torch::Tensor operator()(const torch::Tensor& x, const Modulation& by, std::int64_t heads) const;
};

/// A block that is set by a vector, or beside which its tokens look at others.
struct GuidedBlock {
  ModulatedBlock block;
  torch::Tensor modulation_weight, modulation_bias;  ///< undefined beside attention
  std::optional<CrossAttention> look;
};

/// By the tables "NAME.qkv", ..., and "NAME.modulation" or those of CrossAttention.
GuidedBlock guided_block(const WeightTable& weights, const std::string& name, bool by_vector);

}  // namespace recombine
