#pragma once
// Attention of soft grids to the pairs that show a rule. Letters: docs/GLOSSARY.md.

#include <torch/torch.h>

#include "models/executor/inferred_rule.h"
#include "models/layers/cross_attention.h"

namespace recombine {

/// x [I, B, G, D] -> what to add to it, [I, B, G, D]. Every token of a grid looks at every token of
/// the evidence that its item may see.
torch::Tensor look_at_evidence(const CrossAttention& look,
                               const torch::Tensor& x,
                               const InferredRule& rule,
                               std::int64_t heads);

}  // namespace recombine
