#pragma once
// Less memory for more time: gradient checkpointing (Chen et al., 2016, arXiv 1604.06174).

#include <functional>
#include <vector>

#include <torch/torch.h>

namespace recombine {

/// A function of its tensors alone, without random words.
using TensorFunction = std::function<torch::Tensor(const std::vector<torch::Tensor>& inputs)>;

/// function(inputs), differentiable, of which the inputs alone are kept: what the function makes on
/// its way is made again for the gradients, in the same precision.
torch::Tensor recomputed(const TensorFunction& function, const std::vector<torch::Tensor>& inputs);

}  // namespace recombine
