#pragma once
// Untrained models whose answers differ from one another.

#include <torch/torch.h>

#include "models/model.h"

namespace recombine {

/// Multiplies every matrix by `factor`: initial weights are so small that all answers are alike.
inline void enlarge(const Model& model, double factor) {
  const torch::NoGradGuard guard;
  for (const Weight& weight : model.weights()) {
    torch::Tensor tensor = weight.tensor;
    if (tensor.dim() == 2) tensor.mul_(factor);
  }
}

}  // namespace recombine
