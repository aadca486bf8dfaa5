#pragma once
// The network that infers a rule from the pairs that show it. Letters: docs/GLOSSARY.md.

#include <cstddef>
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
  /// outputs [E, B, G, 10 P]: given soft grids; turn: the rule's position in kRuleOrder.
  RuleForItems operator()(const torch::Tensor& inputs,
                          const torch::Tensor& outputs,
                          const EpisodeIndicator& indicator,
                          std::size_t turn,
                          const LeftOut& left) const;

 private:
  /// What makes a rule's vector of the mean of its evidence.
  struct VectorMaker {
    torch::Tensor in_weight, in_bias, out_weight, out_bias;
    Norm norm;

    torch::Tensor operator()(const torch::Tensor& mean) const;
  };

  torch::Tensor pair_tokens(const torch::Tensor& inputs,
                            const torch::Tensor& outputs,
                            const EpisodeIndicator& indicator) const;  // [E, B, G, D]
  torch::Tensor role(std::size_t turn) const;
  /// Vectors of pairs [E, B, D] -> of the rule, [1 + left out, B, D]: from all pairs, then with
  /// each pair of `left_out` (positions among them) missing.
  torch::Tensor rule_vectors(const torch::Tensor& pairs,
                             std::size_t turn,
                             const std::vector<std::int64_t>& left_out) const;

  SoftGridReader read_;
  std::optional<GridEmbedding> input_;  ///< none of inputs that are tokens
  torch::Tensor input_state_;           ///< [D, D]: of inputs that are tokens
  GridEmbedding output_;
  Encoder encode_;
  torch::Tensor roles_;                ///< [3, D]
  std::optional<VectorMaker> vector_;  ///< none where the rule is its evidence's tokens
};

}  // namespace recombine
