#pragma once
// In which order an episode applies its rules, found from its study pairs. Letters:
// docs/GLOSSARY.md.

#include <torch/torch.h>

#include "models/executor/executor.h"
#include "models/executor/rule_orders.h"

namespace recombine {

struct FoundOrders {
  torch::Tensor orders;      ///< [B] int64: the number in rule_orders() of each episode's order
  torch::Tensor soft_grids;  ///< [Q, B, G, 10 P]: the answers by it, or undefined without queries
};

/// Runs the episodes by every order. The one is kept by which the pairs of several rules are best
/// answered from the other pairs; where orders do so alike, the first of them, so without such
/// pairs the usual one. No gradients.
FoundOrders find_orders(const ExecutorModel& model, const GridBatch& batch);

}  // namespace recombine
