#pragma once
// Blocks of a transformer whose working is set, board by board, by a vector.
// Letters: N boards, T tokens a board, D width, F width of the hidden layer.

#include <torch/torch.h>

namespace recombine {

/// What a vector makes of a block: scale and shift after each of its two norms, and a factor of
/// each hidden unit. All are 0, or undefined, for a block that works as if there were no vector.
struct Modulation {
  torch::Tensor scale_attention, shift_attention, scale_feed, shift_feed;  ///< [N, D] each
  torch::Tensor factor;                                                    ///< [N, F]
};

/// One linear map of the vectors [N, D], weight [4 D + F, D].
Modulation modulation(const torch::Tensor& vectors,
                      const torch::Tensor& weight,
                      const torch::Tensor& bias);

/// A pre-norm block without gains of its own: attention among the tokens of one board, then a
/// feed-forward part.
struct ModulatedBlock {
  torch::Tensor qkv_weight, qkv_bias, out_weight, out_bias;
  torch::Tensor feed_in_weight, feed_in_bias, feed_out_weight, feed_out_bias;

  /// x [N, T, D] -> [N, T, D].
  torch::Tensor operator()(const torch::Tensor& x, const Modulation& by, std::int64_t heads) const;
};

}  // namespace recombine
