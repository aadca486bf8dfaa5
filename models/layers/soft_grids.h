#pragma once
// Soft grids: distributions over the ten colours, a cell, and where their object is.
// Letters: docs/GLOSSARY.md.

#include <utility>

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

/// The shape of soft grids [..., G, 10 P] of so many patches.
GridShape shape_of_patches(std::int64_t patches, std::int64_t patch);

/// Added to a probability before its logarithm.
inline constexpr double kProbabilityFloor = 1e-6;

/// grids [..., N, N] uint8 -> [R, G, 10 P] float: all of a cell's probability at its colour.
torch::Tensor given_soft_grids(const torch::Tensor& grids, std::int64_t patch);

/// grids [B, grids, N, N] uint8 -> [B, N, N] uint8: the colour of cells that are the same and
/// filled in all of them, background elsewhere. Over the grids of the sections that show it, this
/// is the indicator.
torch::Tensor common_cells(const torch::Tensor& grids);

/// soft_grids [..., G, 10 P] -> [..., G, P]: the probability that a cell is filled.
torch::Tensor occupancy_of(const torch::Tensor& soft_grids);

/// soft_grids [..., G, 10 P], indicator [B, G, 10 P] (given soft grids; broadcast) -> [..., G, P]:
/// the probability that a cell is filled, and not by the indicator.
torch::Tensor object_occupancy(const torch::Tensor& soft_grids, const torch::Tensor& indicator);

/// The object's bounding box: occupancy [..., G, P] -> [R, 4, N]: first row, last row, first column
/// and last column, each as a one-hot row; zeros where no cell is filled by more than a half. No
/// gradients.
torch::Tensor object_bounding_box(const torch::Tensor& occupancy, const GridShape& shape);

/// boxes [R, 2, N] (one-hot), table [2, 2 reach + 1, width] by distance, from -reach to reach ->
/// [R, N / step, width]: what the positions 0, step, 2 step ... are, seen from both edges of the
/// object. What is farther away counts as at reach.
torch::Tensor seen_from_edges(const torch::Tensor& boxes,
                              const torch::Tensor& table,
                              std::int64_t step);

/// Distances from the edges of the board that are told apart where places are relative: 0, 1, and
/// all farther ones.
inline constexpr std::int64_t kBoardDistances = 3;

/// What the positions 0, step, 2 step ... of grids of this side are, [N / step, width]. A table
/// [N / step, width] says it by their number; one of [2, kBoardDistances, width] by their distance
/// from the first and from the last.
torch::Tensor places_along(const torch::Tensor& table, std::int64_t side, std::int64_t step);

/// Tables of rows and columns, as places_along() has them -> [G, D]: what a patch's position adds
/// to its token.
torch::Tensor patch_positions(const torch::Tensor& rows,
                              const torch::Tensor& columns,
                              const GridShape& shape);

/// Mean over the cells of minus the log-probability of the targets, those of all-background patches
/// with the weight `zero_patch_weight`. soft_grids [..., G, 10 P], targets [..., G, P] uint8.
torch::Tensor soft_grid_loss(const torch::Tensor& soft_grids,
                             const torch::Tensor& targets,
                             double zero_patch_weight);

/// soft_grids [..., G, 10 P] -> the most probable grids [R, N, N] uint8, and the logarithms of
/// their probabilities [...].
std::pair<torch::Tensor, torch::Tensor> most_probable_grids(const torch::Tensor& soft_grids,
                                                            std::int64_t patch);

}  // namespace recombine
