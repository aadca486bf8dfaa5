#pragma once
// What a training step of a grid model costs in arithmetic (multiply and
// add: 2).

#include <vector>

#include "models/model.h"

namespace recombine {

/// Floating-point operations of an episode with these study pairs and queries, forward and
/// backward: matrix products and attention, a multiply-add as 2, the backward pass as twice the
/// forward pass. `study` may be empty for models that do not ask what a pair shows. Throws
/// InputError for a model that answers no grids, or whose cost is not known.
double training_flops(const ModelConfig& config,
                      const TaskShape& shape,
                      const std::vector<Roles>& study,
                      const std::vector<QueryKind>& queries);

}  // namespace recombine
