#pragma once
// A model's parameters by name.

#include <map>
#include <string>

#include <torch/torch.h>

namespace recombine {

/// Parameters by the names that files have.
using WeightTable = std::map<std::string, torch::Tensor>;

/// Undefined where there is none of that name.
inline torch::Tensor weight_or_none(const WeightTable& weights, const std::string& name) {
  const auto found = weights.find(name);
  return found == weights.end() ? torch::Tensor{} : found->second;
}

/// A parameter of a model.
struct Weight {
  std::string name;  ///< "blocks.0.qkv.weight"
  torch::Tensor tensor;
  int matrix_parts = 0;  ///< see ParameterSpec
};

}  // namespace recombine
