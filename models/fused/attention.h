#pragma once
// Attention on the CPU that never has all scores in memory at once. Query, key, value and bias may
// each have gradients.
// Letters: docs/GLOSSARY.md.

#include <torch/torch.h>

namespace recombine {

/// What attention is made of.
struct Attention {
  torch::Tensor query;       ///< [R, L, D]
  torch::Tensor key, value;  ///< [R, T, D]
  std::int64_t heads;
  torch::Tensor bias = {};  ///< [H, L, T] or [1, L, T], added to the scores; or undefined
  bool causal = false;      ///< each token sees itself and those before it alone
};

/// Whether what is below takes it: float32 on the CPU, heads of whole steps of the loops.
bool fits_tiles(const Attention& attention);

/// -> [R, L, D], differentiable.
torch::Tensor attend_in_tiles(const Attention& attention);
/// The same by ATen's operation, for all devices, types and sizes.
torch::Tensor attend_plain(const Attention& attention);

/// What attention gives: mixed values [R, L, D], and the logs of its softmax's sums [R, H, L].
struct Attended {
  torch::Tensor mixed, log_sums;
};
Attended attended(const Attention& attention);

/// Gradients of query, key, value and bias (undefined where `bias_learns` is not set), from that of
/// mixed. Where the keys are some of those of a larger softmax, `whole` is what that one gave.
struct AttentionGradients {
  torch::Tensor query, key, value, bias;
};
AttentionGradients attention_gradients(const Attention& attention,
                                       const Attended& whole,
                                       const torch::Tensor& dmixed,
                                       bool bias_learns = false);

}  // namespace recombine
