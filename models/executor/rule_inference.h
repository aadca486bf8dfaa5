#pragma once
// The network that infers a rule from the pairs that show it. Letters: docs/GLOSSARY.md.

#include <optional>
#include <vector>

#include <torch/torch.h>

#include "models/executor/grid_tokens.h"
#include "models/executor/inferred_rule.h"
#include "models/executor/plan.h"
#include "models/layers/attention.h"
#include "models/layers/encoder.h"

namespace recombine {

/// A transformer over the tokens of one pair makes tokens of every pair of evidence. The rule is
/// these tokens themselves, or a vector: of their mean over all tokens of all pairs.
class RuleInference {
 public:
  RuleInference(const ModelConfig& config, const GridShape& shape, const WeightTable& weights);

  /// inputs [E, B, G, ...]: what the pairs of evidence are before the rule, soft grids or tokens;
  /// outputs [E, B, G, 10 P]: given soft grids; unit: what is inferred, a rule or several.
  RuleForItems operator()(const torch::Tensor& inputs,
                          const torch::Tensor& outputs,
                          const EpisodeIndicator& indicator,
                          Roles unit,
                          const LeftOut& left) const;

 private:
  /// What makes a rule's vector of the mean of its evidence.
  struct VectorMaker {
    torch::Tensor in_weight, in_bias, out_weight, out_bias;
    Norm norm;

    torch::Tensor operator()(const torch::Tensor& mean) const;
  };

  /// Tokens of pairs [E, B, G, D] -> a vector of each, [E, B, D]: their mean; where places are
  /// relative, that of the patches in which one of its grids has something, so that it does not
  /// depend on the side.
  torch::Tensor pair_vectors(const torch::Tensor& pairs,
                             const torch::Tensor& inputs,
                             const torch::Tensor& outputs) const;
  torch::Tensor pair_tokens(const torch::Tensor& inputs,
                            const torch::Tensor& outputs,
                            const EpisodeIndicator& indicator) const;  // [E, B, G, D]
  /// [D]: of several rules the sum.
  torch::Tensor role(Roles unit) const;
  /// Vectors of pairs [E, B, D] -> of the rule, [1 + left out, B, D]: from all pairs, then with
  /// each pair of `left_out` (positions among them) missing.
  torch::Tensor rule_vectors(const torch::Tensor& pairs,
                             Roles unit,
                             const std::vector<std::int64_t>& left_out) const;

  bool filled_alone_;
  SoftGridReader read_;
  std::optional<GridEmbedding> input_;  ///< none of inputs that are tokens
  torch::Tensor input_state_;           ///< [D, D]: of inputs that are tokens
  GridEmbedding output_;
  Encoder encode_;
  torch::Tensor roles_;                ///< [3, D]
  std::optional<VectorMaker> vector_;  ///< none where the rule is its evidence's tokens
};

}  // namespace recombine
