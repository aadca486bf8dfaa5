#pragma once
// Output by pointing: each cell of the next board is a mixture of copies of cells of the present
// board and of the ten colours. A cell points at a row and at a column, on their own.
// Letters: N boards, T patches, P cells a patch, G cells a side, K width of a pointer.

#include <torch/torch.h>

#include "models/executor/soft_grids.h"
#include "models/fused/functions.h"

namespace recombine {

/// Keys of the rows and columns of a board, by which cells point at them.
struct PointerKeys {
  torch::Tensor rows;     ///< [N, G, K]
  torch::Tensor columns;  ///< [N, G, K]
};

/// Added to the logits of what a cell may point at, by the distance from it: each [2 G - 1].
struct PointerBias {
  torch::Tensor rows, columns;
};

/// Numbers of a cell that point() wants: a row pointer, a column pointer, and logits of copying and
/// of the ten colours.
inline std::int64_t pointer_numbers(std::int64_t width) { return 2 * width + 1 + 10; }

/// cells [N, T P, pointer_numbers(K)], boards [N, T, 10 P] -> where the cells point; pointed()
/// gives the next boards [N, T P, 10].
Pointing pointing(const torch::Tensor& cells,
                  const torch::Tensor& boards,
                  const PointerKeys& keys,
                  const PointerBias& bias,
                  const BoardShape& shape);

/// Of every cell of the next grid, row-major, the cell of the present one, row-major, that it most
/// probably copies; -1 where it more probably is a colour by itself. [N, G^2] int64.
torch::Tensor copied_cells(const Pointing& pointing);

}  // namespace recombine
