#pragma once
// Soft grids: distributions over the ten colours, a cell, and where their object is.
// Letters: docs/GLOSSARY.md.

#include <torch/torch.h>

namespace recombine {

/// Sizes of a soft grid and its order of cells: patches row-major, the cells of a patch row-major.
struct GridShape {
  std::int64_t side = 0;   ///< N
  std::int64_t patch = 0;  ///< cells a side of a patch

  std::int64_t patches_a_side() const { return side / patch; }
  std::int64_t patches() const { return patches_a_side() * patches_a_side(); }
  std::int64_t patch_cells() const { return patch * patch; }
};

/// Added to a probability before its logarithm.
inline constexpr double kProbabilityFloor = 1e-6;

/// grids [..., N, N] uint8 -> [R, G, 10 P] float: all of a cell's probability at its colour.
torch::Tensor given_soft_grids(const torch::Tensor& grids, const GridShape& shape);

/// grids [B, grids, N, N] uint8 -> [B, N, N] uint8: the colour of cells that are the same and
/// filled in all of them, background elsewhere. Over the grids of the sections that show it, this
/// is the indicator.
torch::Tensor common_cells(const torch::Tensor& grids);

/// soft_grids [..., G, 10 P], indicator [B, G, 10 P] (given soft grids; broadcast) -> [..., G, P]:
/// the probability that a cell is filled, and not by the indicator.
torch::Tensor object_occupancy(const torch::Tensor& soft_grids, const torch::Tensor& indicator);

/// The object's bounding box: occupancy [..., G, P] -> [R, 4, N]: first row, last row, first column
/// and last column, each as a one-hot row; zeros where no cell is filled by more than a half. No
/// gradients.
torch::Tensor object_bounding_box(const torch::Tensor& occupancy, const GridShape& shape);

}  // namespace recombine
