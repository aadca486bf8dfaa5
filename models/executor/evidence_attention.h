#pragma once
// Attention of soft grids to the pairs that show a rule. Letters: docs/GLOSSARY.md.

#include "models/executor/inferred_rule.h"
#include "models/layers/attention.h"

namespace recombine {

struct EvidenceAttention {
  Norm norm;
  torch::Tensor query_weight, query_bias;    ///< [D, D], [D]
  torch::Tensor memory_weight, memory_bias;  ///< keys and values: [2 D, D], [2 D]
  torch::Tensor out_weight, out_bias;        ///< [D, D], [D]

  /// x [I, B, G, D] -> what to add to it, [I, B, G, D]. Every token of a grid looks at every token
  /// of the evidence that its item may see.
  torch::Tensor operator()(const torch::Tensor& x,
                           const InferredRule& rule,
                           std::int64_t heads) const;
};

}  // namespace recombine
