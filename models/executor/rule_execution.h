#pragma once
// The network that runs a rule on soft grids. Letters: docs/GLOSSARY.md.

#include <optional>
#include <string>
#include <vector>

#include <torch/torch.h>

#include "models/executor/grid_tokens.h"
#include "models/executor/inferred_rule.h"
#include "models/layers/attention.h"
#include "models/layers/modulated_block.h"
#include "models/layers/pointer.h"

namespace recombine {

/// A transformer, set by a rule, that turns every state into the next one. A state is a soft grid,
/// whose next cells point at present ones or at a colour; or, where the config says so, it is the
/// tokens themselves, and only the last state is read as a soft grid.
class RuleExecution {
 public:
  RuleExecution(const ModelConfig& config, const GridShape& shape, const WeightTable& weights);

  /// What given soft grids [I, B, G, 10 P] are before the first rule: themselves, or tokens.
  torch::Tensor first_states(const torch::Tensor& soft_grids,
                             const EpisodeIndicator& indicator) const;
  /// States [I, B, G, ...] after the next rule.
  torch::Tensor after_rule(const torch::Tensor& states,
                           const InferredRule& rule,
                           const EpisodeIndicator& indicator) const;
  /// Final states, and the soft grids that were given -> the soft grids that answer.
  torch::Tensor answers(const torch::Tensor& states,
                        const torch::Tensor& given,
                        const EpisodeIndicator& indicator) const;

  /// soft_grids [I, B, G, 10 P] -> those after the rule. Needs states that are soft grids.
  torch::Tensor execute(const torch::Tensor& soft_grids,
                        const InferredRule& rule,
                        const EpisodeIndicator& indicator) const;
  /// The same soft grids and rule -> [I, B, N^2]: copied_cells(). Needs pointers too.
  torch::Tensor copied_cells(const torch::Tensor& soft_grids,
                             const InferredRule& rule,
                             const EpisodeIndicator& indicator) const;

  bool has_pointers() const { return pointer_.has_value(); }

 private:
  /// Tokens of soft grids as the blocks take them, [I, B, G, D].
  torch::Tensor tokens(const torch::Tensor& soft_grids,
                       const SoftGridReading& seen,
                       const EpisodeIndicator& indicator) const;
  /// Tokens [I, B, G, D] through the blocks -> [I B, G, D].
  torch::Tensor run_blocks(const torch::Tensor& states, const InferredRule& rule) const;
  /// x [I B, G, D] -> the numbers of its cells, [I B, G, ...].
  torch::Tensor head(const torch::Tensor& x) const;
  /// Where the cells of x [I B, G, D] point in the soft grids [I, B, G, 10 P].
  Pointing pointing_of(const torch::Tensor& x,
                       const torch::Tensor& soft_grids,
                       const SoftGridReading& seen) const;
  /// x [I B, G, D], the soft grids that it speaks about -> the soft grids that it says.
  torch::Tensor read_out(const torch::Tensor& x,
                         const torch::Tensor& soft_grids,
                         const SoftGridReading& seen) const;

  std::int64_t heads_;
  bool latent_;   ///< whether states are tokens
  bool vectors_;  ///< whether rules are vectors
  SoftGridReader read_;
  GridEmbedding embed_;
  std::vector<GuidedBlock> blocks_;  ///< set by the rule's vector, or looking at its evidence
  Norm norm_;
  torch::Tensor head_weight_, head_bias_;
  std::optional<Pointer> pointer_;
};

}  // namespace recombine
