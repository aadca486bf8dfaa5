#pragma once
// The parameters of a model as views of one piece of memory, initialised by name.

#include <cstdint>
#include <string>
#include <vector>

#include <torch/torch.h>

namespace recombine {

struct ParameterSpec {
  std::string name;
  std::vector<std::int64_t> shape;
  float bound = 0;     ///< drawn uniformly from [-bound, bound]
  float constant = 0;  ///< value where the bound is 0
  /// How many equal matrices stand one below the other in a parameter that Muon is for (a packed
  /// query-key-value matrix: 3); 0 for a parameter that AdamW is for.
  int matrix_parts = 0;
  float deviation = 0;    ///< where above 0: drawn from the normal distribution about 0
  std::string like = {};  ///< another spec of the same shape, whose values this one begins with
};

/// Bound of the uniform distribution whose variance is 1 / fan_in, times `gain`.
float fan_in_bound(std::int64_t fan_in, float gain = 1);

/// Sorted so that matrices of equal shape for Muon stand side by side and first; otherwise in
/// order.
std::vector<ParameterSpec> in_storage_order(std::vector<ParameterSpec> specs);

/// A tensor for each spec, in order, consecutive in memory, requiring gradients. Values are a
/// function of (seed, the spec's position), or of the position of the spec that it is like.
std::vector<torch::Tensor> make_parameters(const std::vector<ParameterSpec>& specs,
                                           std::uint64_t seed);

/// The tensors as one flat tensor that shares their memory; undefined where they are not
/// consecutive.
torch::Tensor flat_view(const std::vector<torch::Tensor>& tensors);

}  // namespace recombine
