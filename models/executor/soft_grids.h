#pragma once
// Boards as distributions over the ten colours a cell, and where their object is.
// Letters: M boards, G cells a side, n patches a side, T = n^2 patches, P cells a patch.

#include <torch/torch.h>

namespace recombine {

/// Sizes of a board and its order of cells: patches row-major, the cells of a patch row-major.
struct BoardShape {
  std::int64_t side = 0;   ///< G
  std::int64_t patch = 0;  ///< cells a side of a patch

  std::int64_t patches_a_side() const { return side / patch; }
  std::int64_t patches() const { return patches_a_side() * patches_a_side(); }
  std::int64_t patch_cells() const { return patch * patch; }
};

/// Added to a probability before its logarithm.
inline constexpr double kProbabilityFloor = 1e-6;

/// grids [..., G, G] uint8 -> [M, T, 10 P] float: all of a cell's probability at its colour.
torch::Tensor given_boards(const torch::Tensor& grids, const BoardShape& shape);

/// grids [B, K, G, G] uint8 -> [B, G, G] uint8: the colour of cells that are the same and filled in
/// all K grids, background elsewhere. Over the grids of the sections that show it, this is the
/// indicator.
torch::Tensor common_cells(const torch::Tensor& grids);

/// boards [..., T, 10 P], scene [B, T, 10 P] (given boards; broadcast) -> [..., T, P]: the
/// probability that a cell is filled, and not by the scene.
torch::Tensor object_occupancy(const torch::Tensor& boards, const torch::Tensor& scene);

/// Where the object lies: occupancy [..., T, P] -> [M, 4, G]: first row, last row, first column and
/// last column, each as a one-hot row; zeros where no cell is filled by more than a half. No
/// gradients.
torch::Tensor object_frame(const torch::Tensor& occupancy, const BoardShape& shape);

}  // namespace recombine
