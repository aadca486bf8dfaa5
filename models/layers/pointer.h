#pragma once
// Output by pointing: each cell of the next soft grid is a mixture of copies of cells of the
// present one and of the ten colours. A cell points at a row and at a column, on their own.
// Letters: docs/GLOSSARY.md.

#include <torch/torch.h>

#include "models/fused/functions.h"
#include "models/layers/soft_grids.h"
#include "models/weights/parameter_collector.h"
#include "models/weights/weight.h"

namespace recombine {

/// Keys of the rows and columns of a soft grid, by which cells point at them.
struct PointerKeys {
  torch::Tensor rows;     ///< [R, N, K]
  torch::Tensor columns;  ///< [R, N, K]
};

/// Added to the logits of what a cell may point at, by the distance from it, as seen_from_edges()
/// clips it: each [2 reach + 1].
struct PointerBias {
  torch::Tensor rows, columns;
};

/// Numbers of a cell that pointing() wants: a row pointer, a column pointer, and logits of copying
/// and of the ten colours.
inline std::int64_t pointer_numbers(std::int64_t width) { return 2 * width + 1 + 10; }

/// cells [R, G P, pointer_numbers(K)], soft_grids [R, G, 10 P] -> where the cells point; pointed()
/// gives the next soft grids [R, G P, 10].
Pointing pointing(const torch::Tensor& cells,
                  const torch::Tensor& soft_grids,
                  const PointerKeys& keys,
                  const PointerBias& bias,
                  const GridShape& shape);

/// Of every cell of the next grid, row-major, the cell of the present one, row-major, that it most
/// probably copies; -1 where it more probably is a colour by itself. [R, N^2] int64.
torch::Tensor copied_cells(const Pointing& pointing);

/// What a pointer's tables tell apart.
struct PointerTables {
  std::int64_t side = 0;   ///< N
  std::int64_t width = 0;  ///< K
  bool bounding_box = false;
  std::int64_t reach = 0;  ///< 0: positions by their number, and every distance
};

/// The tables under "pointer".
void add_pointer(ParameterCollector& to, const PointerTables& tables);

/// Keys and biases as a model has learned them, by the tables under "pointer".
class Pointer {
 public:
  Pointer(const WeightTable& weights, const GridShape& shape);

  /// Of `count` soft grids of so many patches, whose objects have these bounding boxes [R, 4, N],
  /// or undefined ones.
  PointerKeys keys(const torch::Tensor& bounding_boxes,
                   std::int64_t patches,
                   std::int64_t count) const;
  /// numbers [R, G, P pointer_numbers(K)], soft_grids [R, G, 10 P] -> where the cells point.
  Pointing point(const torch::Tensor& numbers,
                 const torch::Tensor& soft_grids,
                 const PointerKeys& keys) const;

 private:
  std::int64_t patch_;
  torch::Tensor rows_, columns_;          ///< [N, K] or [2, kBoardDistances, K]: places_along()
  torch::Tensor box_rows_, box_columns_;  ///< [2, distances, K]; undefined without bounding boxes
  PointerBias bias_;
};

}  // namespace recombine
