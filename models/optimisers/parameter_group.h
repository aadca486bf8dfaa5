#pragma once
// Parameters that an optimiser updates together.

#include <vector>

#include <torch/torch.h>

namespace recombine {

/// Parameters with their gradients: one flat tensor each where the parameters are consecutive in
/// memory, so that an update is a handful of operations; otherwise one a parameter.
struct ParameterGroup {
  std::vector<torch::Tensor> parameters;

  std::vector<torch::Tensor> values() const;
  /// As values(); zeros for a parameter without a gradient.
  std::vector<torch::Tensor> gradients() const;
};

std::vector<torch::Tensor> zeros_like_all(const std::vector<torch::Tensor>& tensors);

/// Copies `flat` into the pieces, one after the other.
void copy_pieces(const torch::Tensor& flat, std::vector<torch::Tensor>& pieces);

}  // namespace recombine
