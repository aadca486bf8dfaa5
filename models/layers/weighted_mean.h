#pragma once
// Weighted means: every loss is one.

#include <torch/torch.h>

namespace recombine {

/// What a weighted mean is divided by: above zero even where nothing has a weight.
inline torch::Tensor total_weight(const torch::Tensor& weights) {
  return weights.sum().clamp_min(1e-6);
}

/// Of values and weights of one shape; 0 where nothing has a weight.
inline torch::Tensor weighted_mean(const torch::Tensor& values, const torch::Tensor& weights) {
  return (values * weights).sum() / total_weight(weights);
}

}  // namespace recombine
