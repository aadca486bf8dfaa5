#pragma once
// A stack of pre-norm transformer blocks.

#include <cstdint>
#include <string>

#include <torch/torch.h>

#include "models/weights/weight.h"

namespace recombine {

/// x [N, T, D] -> [N, T, D] by `blocks` blocks named "NAME.0" on, and a norm: attention among the
/// tokens of one row of the batch, without places of its own. ParameterCollector::encoder() has its
/// weights.
torch::Tensor encode(const WeightTable& weights,
                     const std::string& name,
                     int blocks,
                     std::int64_t heads,
                     torch::Tensor x);

}  // namespace recombine
