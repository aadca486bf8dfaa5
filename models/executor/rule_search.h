#pragma once
// Which rules of its library an episode shows, found by running them: a search among programs whose
// words are rule vectors (after latent program search, arXiv 2411.08706). Letters:
// docs/GLOSSARY.md.

#include <vector>

#include <torch/torch.h>

#include "models/executor/executor.h"

namespace recombine {

/// Rules that explain an episode: by them the outputs of its study pairs are likely.
struct FoundRules {
  std::vector<InferredUnit> chain;    ///< each rule, in the order of application; vectors [1, 1, D]
  std::vector<std::int64_t> library;  ///< which of the library each is, or -1: the inferred one
  double log_probability = 0;  ///< of the outputs of all study pairs; of an unusual order less
  double weight = 0;           ///< share of the probability of all explanations
};

/// The likeliest explanations of the one episode of `batch`, whose sections are told, the likeliest
/// first; those that are much less likely are left out. Each rule is one of the library, or the
/// one that the model infers where pairs show it alone; all chains of them are run on the study
/// pairs, but for rules that the pairs of one rule alone rule out. Rules are applied in the order
/// of their roles; where the model finds orders, in the one that fits best. There may be more rules
/// than the model was trained with. Throws InputError where some rule is in no pair. No gradients.
std::vector<FoundRules> find_rules(const ExecutorModel& model, const GridBatch& batch);

}  // namespace recombine
