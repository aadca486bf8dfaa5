#pragma once
// The model `executor`: a vector for each rule, inferred from the pairs that show it, and one
// network that is run once a rule. It composes by construction.

#include <array>
#include <utility>
#include <vector>

#include "models/executor/grid_store.h"
#include "models/executor/grid_tokens.h"
#include "models/executor/inferred_rule.h"
#include "models/executor/plan.h"
#include "models/executor/pointer.h"
#include "models/model.h"

namespace recombine {

/// For each rule in the order shape, colour, indicator:
/// infer: a transformer over the tokens of one pair (input and output board) makes a vector of
/// every pair that shows the rule; their mean makes the rule vector;
/// execute: a second transformer, set by the rule vector, turns every board that waits for the rule
/// into the next one, whose cells point at cells of the present board or at a colour.
/// A pair of two rules is evidence for the later one, with the earlier one run on its input.
/// Boards between two rules are distributions over colours. Where a pair's rules come from its
/// section, the model is told the sections, as other models are by a pair's place; or, with
/// sections hidden, it finds them (section_sorter.h), whatever the order of the pairs.
/// Letters: B episodes, S study pairs, Q queries, K items, E pairs of evidence, G cells a side,
/// T patches, P cells a patch, D width.
class ExecutorModel : public GridModel {
 public:
  ExecutorModel(const ModelConfig& config, const TaskShape& shape, std::uint64_t seed);

  torch::Tensor loss(const GridBatch& batch) override;
  GridAnswers predict(const GridBatch& batch) override;

  /// The batch as the other functions want it: where sections are hidden, the pairs in the order in
  /// which the model finds them to show the sections; else as it is.
  GridBatch told(const GridBatch& batch) const;

  BoardScene scene_of(const GridBatch& batch) const;

  /// grids [B, K, G, G] uint8 -> [K, B, T, 10 P].
  torch::Tensor boards_of(const torch::Tensor& grids) const;

  /// The rules of each episode, from all their evidence: for any number of items.
  std::array<InferredRule, 3> infer(const GridBatch& batch) const;

  /// boards [K, B, T, 10 P] -> the boards after the rule.
  /// Needs a model whose state is the board (has_boards()).
  torch::Tensor execute(const torch::Tensor& boards,
                        const InferredRule& rule,
                        const BoardScene& scene) const;

  /// The same boards and rule -> [K, B, G^2]: copied_cells(). Needs pointers too.
  torch::Tensor copied_cells(const torch::Tensor& boards,
                             const InferredRule& rule,
                             const BoardScene& scene) const;

  /// boards [Q, B, T, 10 P] -> their most probable grids.
  GridAnswers most_probable(const torch::Tensor& boards) const;

  /// Whether there is a board after each rule.
  bool has_boards() const { return config().state == "board"; }
  /// Whether a rule is a vector.
  bool has_vectors() const { return config().conditioning == "vector"; }

 private:
  /// What has become of the items of a batch.
  struct Trail {
    ExecutorPlan plan;
    BoardScene scene;
    torch::Tensor given;  ///< [items, B, T, 10 P]
    BoardStore states;
    std::array<InferredRule, 3> rules;  ///< from all evidence
  };

  BoardTokens board_tokens() const { return {config(), board_, table()}; }
  /// Tokens of boards as the executor's blocks take them, [K, B, T, D].
  torch::Tensor board_states(const torch::Tensor& boards,
                             const BoardReading& seen,
                             const BoardScene& scene) const;
  /// What given boards [K, B, T, 10 P] are before the first rule: themselves, or tokens.
  torch::Tensor first_states(const torch::Tensor& boards, const BoardScene& scene) const;
  /// Tokens [K, B, T, D] through the executor's blocks, set by a rule -> [K B, T, D].
  torch::Tensor blocks(const torch::Tensor& states, const InferredRule& rule) const;
  /// States after the next rule.
  torch::Tensor after_rule(const torch::Tensor& states,
                           const InferredRule& rule,
                           const BoardScene& scene) const;
  /// x [K B, T, D] -> the numbers of its cells, [K B, T, ...].
  torch::Tensor head(const torch::Tensor& x) const;
  /// Where the cells of x [K B, T, D] point in the boards [K, B, T, 10 P].
  Pointing pointing_of(const torch::Tensor& x,
                       const torch::Tensor& boards,
                       const BoardReading& seen) const;
  /// x [K B, T, D], the boards [K, B, T, 10 P] that it speaks about -> the boards that it says.
  torch::Tensor read_out(const torch::Tensor& x,
                         const torch::Tensor& boards,
                         const BoardReading& seen) const;
  /// States and boards [E, B, T, ...] -> [E, B, T, D].
  torch::Tensor pair_tokens(const torch::Tensor& inputs,
                            const torch::Tensor& outputs,
                            const BoardScene& scene) const;
  /// Tokens of pairs [E, B, T, D] -> the rule that they show.
  RuleForItems rule_of(const torch::Tensor& pairs, std::size_t turn, const LeftOut& left) const;
  /// Vectors of pairs [E, B, D] -> of the rule, [1 + U, B, D]: from all pairs, then with each pair
  /// of `left_out` (places among them) missing.
  torch::Tensor rule_vectors(const torch::Tensor& pairs,
                             std::size_t turn,
                             const std::vector<std::int64_t>& left_out) const;
  /// Runs every item by its rules, in their order.
  Trail follow(const GridBatch& batch, const std::vector<QueryKind>& kinds) const;
  /// Final boards of the items that answer, [Q, B, T, 10 P], and which query each row answers.
  std::pair<torch::Tensor, std::vector<std::int64_t>> answer(const GridBatch& batch) const;

  BoardShape board_;
};

/// Every parameter of the model, in storage order.
std::vector<ParameterSpec> executor_parameters(const ModelConfig& config, const TaskShape& shape);

}  // namespace recombine
