#pragma once
// A rule as the study set shows it: what the executor's blocks are told of it.
// Letters: docs/GLOSSARY.md.

#include <torch/torch.h>

#include "data/episode.h"

namespace recombine {

/// Either a vector, or the tokens of the evidence themselves (--model.conditioning). Undefined for
/// a rule that no pair shows.
struct InferredRule {
  torch::Tensor vectors;  ///< vector: [I, B, D], or [1, B, D] for all items alike
  torch::Tensor tokens;   ///< attention: [B, E G, D]
  torch::Tensor unseen;   ///< attention: [I, E] bool, what an item may not see; undefined: sees all

  bool defined() const { return vectors.defined() || tokens.defined(); }
};

/// A rule, or a unit of rules, by what it is a unit of.
struct InferredUnit {
  Roles unit = 0;
  InferredRule rule;
};

/// A rule from all evidence, and as each item that it is run on may know it.
struct RuleForItems {
  InferredRule all, each;
};

}  // namespace recombine
