#pragma once
// Grids as tokens: squares of cells, and one-hot rows of their colours.

#include <torch/torch.h>

namespace recombine {

/// grids [..., N, N] uint8 -> [R, G, P] uint8: R grids, G = (N / patch)^2 patches row-major,
/// P = patch^2 cells row-major.
torch::Tensor to_patches(const torch::Tensor& grids, int patch);

/// The way back: [R, G, P] -> [R, N, N].
torch::Tensor from_patches(const torch::Tensor& patches, int side, int patch);

/// cells [..., P] uint8 -> [..., P * 10] float: for each cell a 1 at its colour.
torch::Tensor one_hot_cells(const torch::Tensor& cells);

/// The compact vocabulary of 2 x 2 patches with one colour beside the background: 0 for the empty
/// patch, 1 + (colour - 1) * 15 + (mask - 1) otherwise, mask bit i = cell i. patches [..., 4] uint8
/// -> [...] int64; -1 for a patch outside it.
torch::Tensor compact_ids(const torch::Tensor& patches);
/// The way back: [...] int64 in 0..135 -> [..., 4] uint8.
torch::Tensor compact_patches(const torch::Tensor& ids);
inline constexpr int kCompactVocabulary = 136;

}  // namespace recombine
