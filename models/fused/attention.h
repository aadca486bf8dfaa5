#pragma once
// Attention on the CPU that never holds all scores, whoever learns: a bias may, too.
// Letters: N rows of a batch, L queries, T keys, D width, H heads.

#include <torch/torch.h>

namespace recombine {

/// What attention is made of.
struct Attention {
  torch::Tensor query;       ///< [N, L, D]
  torch::Tensor key, value;  ///< [N, T, D]
  std::int64_t heads;
  torch::Tensor bias = {};  ///< [H, L, T] or [1, L, T], added to the scores; or undefined
  bool causal = false;      ///< each token sees itself and those before it alone
};

/// Whether what is below takes it: float32 on the CPU, heads of whole steps of the loops.
bool fits_tiles(const Attention& attention);

/// -> [N, L, D], differentiable.
torch::Tensor attend_in_tiles(const Attention& attention);
/// The same by ATen's operation, for all devices, types and sizes.
torch::Tensor attend_plain(const Attention& attention);

/// What attention gives: mixed values [N, L, D], and the logs of its softmax's sums [N, H, L].
struct Attended {
  torch::Tensor mixed, log_sums;
};
Attended attended(const Attention& attention);

/// Gradients of query, key, value and bias (undefined where `bias_learns` is not set), from that of
/// mixed. Where the keys are a part of those of a larger softmax, `whole` is what that one gave.
struct AttentionGradients {
  torch::Tensor query, key, value, bias;
};
AttentionGradients attention_gradients(const Attention& attention,
                                       const Attended& whole,
                                       const torch::Tensor& dmixed,
                                       bool bias_learns = false);

}  // namespace recombine
