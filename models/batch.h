#pragma once
// What a model is given and what it answers, for each family of data. Letters: docs/GLOSSARY.md.

#include <variant>
#include <vector>

#include <torch/torch.h>

#include "data/episode.h"

namespace recombine {

/// What a query asks, the same in all episodes of a batch.
struct QueryKind {
  Roles roles = kAllRoles;  ///< the rules between its input and its output
  int study = -1;           ///< the study pair that it repeats, or -1

  friend bool operator==(const QueryKind&, const QueryKind&) = default;
};

struct GridBatch {
  torch::Tensor study;          ///< [B, S, 2, N, N] uint8: input and output of every study pair
  torch::Tensor query_inputs;   ///< [B, Q, N, N] uint8
  torch::Tensor query_outputs;  ///< [B, Q, N, N] uint8; undefined when predicting
  std::vector<Roles> study_roles = {};  ///< [S]; empty where the data does not say
  std::vector<QueryKind> kinds = {};    ///< [Q]; empty: all queries need all rules
};

/// Of a cell that has no colour.
inline constexpr std::uint8_t kNoCell = 255;

struct GridAnswers {
  torch::Tensor grids;            ///< [B, Q, N, N] uint8; kNoCell where a model answers no patch
  torch::Tensor log_probability;  ///< [B, Q] float: of the whole grid
};

struct FactBatch {
  torch::Tensor tokens;     ///< [B, T] int64: question, answer, then any tokens
  torch::Tensor prompt;     ///< [B] int64: tokens of the question
  torch::Tensor length;     ///< [B] int64: tokens of question and answer
  std::int64_t answer = 0;  ///< A, or more
};

/// The most probable token at each position of the answer. Positions after the end are 0.
struct FactAnswers {
  torch::Tensor tokens;           ///< [B, A] int64
  torch::Tensor log_probability;  ///< [B] float: of the whole answer
};

/// A slice of a training step.
struct Batch {
  std::variant<GridBatch, FactBatch> items;
  /// Float scalar, which the mean loss of this slice is multiplied by. The loss of the step is the
  /// sum of these products over its slices.
  torch::Tensor loss_factor;
};

/// Every tensor of a batch, always in the same order.
inline std::vector<torch::Tensor*> tensors_of(Batch& batch) {
  if (auto* grids = std::get_if<GridBatch>(&batch.items))
    return {&grids->study, &grids->query_inputs, &grids->query_outputs, &batch.loss_factor};
  auto& facts = std::get<FactBatch>(batch.items);
  return {&facts.tokens, &facts.prompt, &facts.length, &batch.loss_factor};
}

}  // namespace recombine
