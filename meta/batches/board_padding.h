#pragma once
// Larger boards around training grids, so that a model of any side learns from more than one.

#include <cstdint>
#include <vector>

#include <torch/torch.h>

#include "data/fields.h"

namespace recombine {

/// Rows and columns of background around a grid.
struct BoardPadding {
  int above = 0, below = 0, left = 0, right = 0;

  friend bool operator==(const BoardPadding&, const BoardPadding&) = default;
};

/// The sides that [train] pad-to names. Throws InputError for what is no side.
std::vector<int> padded_sides(const Names& pad_to);

/// To one of `sides` (empty: none), drawn by (seed, group) with the place of the grid in the larger
/// board. Those that are smaller than `side` are no choice; where all are, there is no padding.
BoardPadding drawn_padding(const std::vector<int>& sides,
                           int side,
                           std::uint64_t seed,
                           std::uint64_t group);

/// grids [..., N, N] uint8 -> with the padding around each.
torch::Tensor padded(const torch::Tensor& grids, const BoardPadding& padding);

}  // namespace recombine
