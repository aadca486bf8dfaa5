#pragma once
// A tensor's numbers as the plain loops take them.

#include <torch/torch.h>

namespace recombine {

/// float32, row-major and without gaps; valid as long as the tensor.
inline const float* floats(const torch::Tensor& tensor) { return tensor.const_data_ptr<float>(); }
inline float* floats_of(torch::Tensor& tensor) { return tensor.mutable_data_ptr<float>(); }

}  // namespace recombine
