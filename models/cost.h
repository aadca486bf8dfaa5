#pragma once
// What a training step of a grid model costs in arithmetic (section 12.1 of Compositional-ARC's
// system).

#include "models/model.h"

namespace recombine {

/// Floating-point operations of an episode with `queries` queries, forward and backward: matrix
/// products and attention, a multiply-add as 2, the backward pass as twice the forward pass. Throws
/// InputError for a model that answers no grids, or whose cost is not known.
double training_flops(const ModelConfig& config, const TaskShape& shape, int queries);

}  // namespace recombine
