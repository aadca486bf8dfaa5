#pragma once
// The decoder of the model `looped`: one turn, the same weights in every turn.
// Letters: docs/GLOSSARY.md.

#include <optional>
#include <string>
#include <vector>

#include <torch/torch.h>

#include "models/layers/attention.h"
#include "models/layers/cross_attention.h"
#include "models/layers/modulated_block.h"
#include "models/layers/pointer.h"
#include "models/looped/study_reader.h"

namespace recombine {

/// What the queries of a batch have come to. R is B Q.
struct TurnState {
  torch::Tensor given;   ///< [R, G, 10 P]: the inputs of the queries
  torch::Tensor board;   ///< [R, G, 10 P]: the answer so far
  torch::Tensor tokens;  ///< [R, G, D]: what is handed on beside it, or instead; or undefined
  torch::Tensor looks;   ///< [B, Q, S]: how the turn divided its attention among the study pairs
};

/// Reads the answer so far beside the query's input, asks the study set, and writes the next
/// answer: each cell points at a cell of the present one or at a colour. Of the study set it knows
/// a vector, which is a mean of the pairs' vectors by weights that it chooses once a turn; or its
/// blocks attend to the tokens of all pairs.
class TurnNetwork {
 public:
  TurnNetwork(const ModelConfig& config, const GridShape& shape, const WeightTable& weights);

  /// Before the first turn: query_inputs [B, Q, N, N] uint8.
  TurnState first(const torch::Tensor& query_inputs, const StudyMemory& memory) const;
  /// After the turn of this number, from 0. `looks` are made where they are `wanted`.
  TurnState next(const TurnState& state,
                 const StudyMemory& memory,
                 int turn,
                 bool wanted = false) const;

 private:
  /// How a turn's vector comes about.
  struct Chooser {
    FeedForward ask, make;
    Norm norm;
  };

  /// [R, G, D]: what the blocks read.
  torch::Tensor read(const TurnState& state, const StudyMemory& memory, int turn) const;
  torch::Tensor embedded(const TurnState& state, const StudyMemory& memory) const;
  /// x [R, G, D] -> weights of the study pairs [B, Q, S].
  torch::Tensor choose(const torch::Tensor& x, const StudyMemory& memory) const;
  /// x [R, G, D] -> the answer [R, G, 10 P], which points into `from`.
  torch::Tensor write(const torch::Tensor& x, const torch::Tensor& from) const;

  GridShape shape_;
  std::int64_t heads_;
  bool occupancy_;
  bool boards_;                  ///< whether the next turn reads the answer
  bool tokens_;                  ///< whether tokens are handed on
  bool one_;                     ///< whether a turn has one pair alone
  torch::Tensor board_, given_;  ///< [D, features]
  torch::Tensor mean_;           ///< [D, 10 P], or undefined
  torch::Tensor row_, column_;   ///< [N / patch, D]
  torch::Tensor turns_;          ///< [turns, D], or undefined
  torch::Tensor handed_;         ///< [D, D], or undefined
  std::optional<Chooser> chooser_;
  std::vector<GuidedBlock> blocks_;
  Norm norm_;
  torch::Tensor head_weight_, head_bias_;
  std::optional<Pointer> pointer_;
};

}  // namespace recombine
