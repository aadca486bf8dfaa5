#pragma once
// A rule as the study set shows it: what the executor's blocks are told of it.

#include <torch/torch.h>

namespace recombine {

/// Letters: K items that the rule is run on, B episodes, E pairs of evidence, T patches, D width.
/// Either a vector, or the tokens of the evidence themselves (--model.conditioning). Undefined for
/// a rule that no pair shows.
struct InferredRule {
  torch::Tensor vectors;  ///< vector: [K, B, D], or [1, B, D] for all items alike
  torch::Tensor tokens;   ///< attention: [B, E T, D]
  torch::Tensor unseen;   ///< attention: [K, E] bool, what an item may not see; undefined: sees all

  bool defined() const { return vectors.defined() || tokens.defined(); }
};

/// A rule from all evidence, and as each item that it is run on may know it.
struct RuleForItems {
  InferredRule all, each;
};

}  // namespace recombine
