#pragma once
// Attention and the blocks around it. Letters: docs/GLOSSARY.md.

#include <torch/torch.h>

namespace recombine {

/// query [R, L, D], key and value [R, T, D], bias [H, L, T] or undefined -> [R, L, D]: softmax
/// attention in `heads` heads, each token to every other, or where `causal` to itself and those
/// before it.
torch::Tensor attend(const torch::Tensor& query,
                     const torch::Tensor& key,
                     const torch::Tensor& value,
                     std::int64_t heads,
                     const torch::Tensor& bias = {},
                     bool causal = false);

/// The same query, key and bias -> [R, H, L, T]: how much of each value each token takes.
torch::Tensor attention_weights(const torch::Tensor& query,
                                const torch::Tensor& key,
                                std::int64_t heads,
                                const torch::Tensor& bias);

/// x [R, L, D], qkv weight [3 D, D] and bias [3 D], output weight [D, D] and bias [D] -> [R, L, D].
struct SelfAttention {
  torch::Tensor qkv_weight, qkv_bias, out_weight, out_bias;

  torch::Tensor operator()(const torch::Tensor& x,
                           std::int64_t heads,
                           const torch::Tensor& bias) const;
};

/// x [..., D] -> [..., D] by two linear maps with a GELU between them.
struct FeedForward {
  torch::Tensor in_weight, in_bias, out_weight, out_bias;
  bool exact = false;  ///< the GELU: by the error function, or approximately by tanh

  torch::Tensor operator()(const torch::Tensor& x) const;
};

/// Learned scale and shift after normalising the last dimension.
struct Norm {
  torch::Tensor weight, bias;

  torch::Tensor operator()(const torch::Tensor& x) const;
};

}  // namespace recombine
