#pragma once
// Tokens of boards: what the transformers of the executor see of a board.
// Letters: B episodes, M boards, G cells a side, n patches a side, T patches, P cells a patch, D
// width.

#include <string>

#include <torch/torch.h>

#include "models/executor/soft_grids.h"
#include "models/model.h"

namespace recombine {

/// What all boards of an episode share.
struct BoardScene {
  torch::Tensor cells;          ///< [B, T, 10 P]: the indicator
  torch::Tensor pairs, boards;  ///< [B, T, D]: what it adds to tokens of pairs and of boards
};

/// Boards with what is read off them.
struct BoardReading {
  torch::Tensor features;  ///< [M, T, 11 P], or 10 P without occupancy
  torch::Tensor frames;    ///< [M, 4, G]; undefined without frames
};

/// Which parts tokens have is said by the config: occupancy, scene, frame.
class BoardTokens {
 public:
  /// All three must outlive it.
  BoardTokens(const ModelConfig& config, const BoardShape& shape, const WeightTable& weights)
      : config_(config), shape_(shape), weights_(weights) {}

  /// study [B, S, 2, G, G], and which pairs show the indicator.
  BoardScene scene(const torch::Tensor& study, const std::vector<std::int64_t>& indicated) const;
  /// boards [K, B, T, 10 P] -> of all K B.
  BoardReading read(const torch::Tensor& boards, const BoardScene& scene) const;
  /// Tokens of a kind of board, [M, T, D], by the tables under `name`.
  torch::Tensor tokens(const std::string& name, const BoardReading& reading) const;

 private:
  const ModelConfig& config_;
  const BoardShape& shape_;
  const WeightTable& weights_;
};

/// frames [M, 2, G] (one-hot), table [2, 2 G - 1, W] by distance -> [M, G / step, W]: what the
/// places 0, step, 2 step ... are, seen from both edges of the object.
torch::Tensor seen_from_edges(const torch::Tensor& frames,
                              const torch::Tensor& table,
                              std::int64_t step);

}  // namespace recombine
