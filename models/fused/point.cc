#include <algorithm>

#include "models/fused/kernels.h"
#include "models/fused/lanes.h"

namespace recombine::fused {
namespace {

constexpr int kColours = 10;
constexpr int kKinds = kColours + 1;
/// Cells of the largest grid, rounded up to whole lanes.
constexpr std::int64_t kMostCells =
    (kLargestPointedSide * kLargestPointedSide + kLanes - 1) / kLanes * kLanes;

/// Numbers of the cells of one grid, a row for each of `Count` figures, padded to whole lanes.
template <int Count>
struct Figures {
  alignas(64) float values[Count][kMostCells] = {};

  RECOMBINE_INLINE Lanes at(std::int64_t figure, std::int64_t cell) const {
    return load(values[figure] + cell);
  }
  RECOMBINE_INLINE void put(std::int64_t figure, std::int64_t cell, Lanes lanes) {
    store(values[figure] + cell, lanes);
  }
  /// From and to [Count, cells].
  RECOMBINE_INLINE void take(const float* from, std::int64_t count, std::int64_t cells) {
    for (std::int64_t i = 0; i < count; ++i) std::copy_n(from + i * cells, cells, values[i]);
  }
  RECOMBINE_INLINE void give(float* to, std::int64_t count, std::int64_t cells) const {
    for (std::int64_t i = 0; i < count; ++i) std::copy_n(values[i], cells, to + i * cells);
  }
  /// From and to [cells, Count].
  RECOMBINE_INLINE void take_turned(const float* from, std::int64_t cells) {
    for (std::int64_t cell = 0; cell < cells; ++cell) {
      for (int i = 0; i < Count; ++i) values[i][cell] = from[cell * Count + i];
    }
  }
  RECOMBINE_INLINE void give_turned(float* to, std::int64_t cells) const {
    for (std::int64_t cell = 0; cell < cells; ++cell) {
      for (int i = 0; i < Count; ++i) to[cell * Count + i] = values[i][cell];
    }
  }
  /// Softmax over the first `count` figures of kLanes cells, in place.
  RECOMBINE_INLINE void softmax(std::int64_t count, std::int64_t cell) {
    Lanes top = at(0, cell);
    for (std::int64_t i = 1; i < count; ++i) top = larger(top, at(i, cell));
    Lanes sum{};
    for (std::int64_t i = 0; i < count; ++i) {
      const Lanes power = exponential(at(i, cell) - top);
      put(i, cell, power);
      sum += power;
    }
    const Lanes inverse = 1.0F / sum;
    for (std::int64_t i = 0; i < count; ++i) put(i, cell, at(i, cell) * inverse);
  }
  /// Makes gradients of the weights those of their logits, in place.
  RECOMBINE_INLINE void softmax_back(const Figures& weights,
                                     std::int64_t count,
                                     std::int64_t cell) {
    Lanes along{};
    for (std::int64_t i = 0; i < count; ++i) along += at(i, cell) * weights.at(i, cell);
    for (std::int64_t i = 0; i < count; ++i)
      put(i, cell, weights.at(i, cell) * (at(i, cell) - along));
  }
};

using Positions = Figures<static_cast<int>(kLargestPointedSide)>;
using Kinds = Figures<kKinds>;
using Colours = Figures<kColours>;

/// One soft grid [N^2, 10], row-major.
struct Cells {
  alignas(64) float values[kLargestPointedSide * kLargestPointedSide][kColours];

  RECOMBINE_INLINE void take(const PointedGrids& shape, const float* from) {
    const std::int64_t cells = shape.side * shape.side;
    for (std::int64_t i = 0; i < cells; ++i)
      std::copy_n(from + i * kColours, kColours, values[shape.order[i]]);
  }
};

/// What kLanes cells would copy out of a row: for each colour, the mixture over the columns.
RECOMBINE_INLINE void mix_row(const PointedGrids& shape,
                              const Cells& grid,
                              const Positions& columns,
                              std::int64_t row,
                              std::int64_t cell,
                              Lanes* mixed) {
  for (int k = 0; k < kColours; ++k) mixed[k] = Lanes{};
  for (std::int64_t column = 0; column < shape.side; ++column) {
    const Lanes weight = columns.at(column, cell);
    const float* source = grid.values[row * shape.side + column];
    for (int k = 0; k < kColours; ++k) mixed[k] += weight * source[k];
  }
}

/// All that the way forward of one grid works with.
struct Forth {
  Positions rows, columns;  ///< logits, then weights
  Kinds kinds;
  Colours next;
  Cells grid;
};

RECOMBINE_INLINE void forth_cells(const PointedGrids& shape, Forth& at, std::int64_t cell) {
  at.rows.softmax(shape.side, cell);
  at.columns.softmax(shape.side, cell);
  at.kinds.softmax(kKinds, cell);
  Lanes copied[kColours] = {};
  for (std::int64_t row = 0; row < shape.side; ++row) {
    Lanes mixed[kColours];
    mix_row(shape, at.grid, at.columns, row, cell, mixed);
    const Lanes weight = at.rows.at(row, cell);
    for (int k = 0; k < kColours; ++k) copied[k] += weight * mixed[k];
  }
  const Lanes copy = at.kinds.at(0, cell);
  for (int k = 0; k < kColours; ++k)
    at.next.put(k, cell, copy * copied[k] + at.kinds.at(k + 1, cell));
}

}  // namespace

RECOMBINE_CLONES
void point_forward(const PointedGrids& shape,
                   const Pointers<const float>& logits,
                   const float* grids,
                   const Pointers<float>& weights,
                   float* next) {
  const std::int64_t side = shape.side;
  const std::int64_t cells = side * side;
  Forth at;
  for (std::int64_t n = 0; n < shape.grids; ++n) {
    const std::int64_t offset = n * side * cells;
    at.rows.take(logits.rows + offset, side, cells);
    at.columns.take(logits.columns + offset, side, cells);
    at.kinds.take_turned(logits.kinds + n * cells * kKinds, cells);
    at.grid.take(shape, grids + n * cells * kColours);
    for (std::int64_t cell = 0; cell < cells; cell += kLanes) forth_cells(shape, at, cell);
    at.rows.give(weights.rows + offset, side, cells);
    at.columns.give(weights.columns + offset, side, cells);
    at.kinds.give_turned(weights.kinds + n * cells * kKinds, cells);
    at.next.give_turned(next + n * cells * kColours, cells);
  }
}

namespace {

/// All that the way back of one grid works with.
struct Back {
  Positions rows, columns, drows, dcolumns;
  Kinds kinds, dkinds;
  Colours dnext;  ///< then the gradient of what is copied
  Cells grid;
};

RECOMBINE_INLINE void back_cells(const PointedGrids& shape, Back& at, std::int64_t cell) {
  Lanes dcopied[kColours];
  const Lanes copy = at.kinds.at(0, cell);
  for (int k = 0; k < kColours; ++k) {
    at.dkinds.put(k + 1, cell, at.dnext.at(k, cell));
    dcopied[k] = copy * at.dnext.at(k, cell);
  }
  for (std::int64_t column = 0; column < shape.side; ++column)
    at.dcolumns.put(column, cell, Lanes{});
  Lanes dcopy{};
  for (std::int64_t row = 0; row < shape.side; ++row) {
    Lanes mixed[kColours];
    mix_row(shape, at.grid, at.columns, row, cell, mixed);
    const Lanes weight = at.rows.at(row, cell);
    Lanes drow{};
    for (int k = 0; k < kColours; ++k) {
      drow += dcopied[k] * mixed[k];
      dcopy += weight * mixed[k] * at.dnext.at(k, cell);
    }
    at.drows.put(row, cell, drow);
    for (std::int64_t column = 0; column < shape.side; ++column) {
      const float* source = at.grid.values[row * shape.side + column];
      Lanes dot{};
      for (int k = 0; k < kColours; ++k) dot += dcopied[k] * source[k];
      at.dcolumns.put(column, cell, at.dcolumns.at(column, cell) + weight * dot);
    }
  }
  at.dkinds.put(0, cell, dcopy);
  for (int k = 0; k < kColours; ++k) at.dnext.put(k, cell, dcopied[k]);
  at.drows.softmax_back(at.rows, shape.side, cell);
  at.dcolumns.softmax_back(at.columns, shape.side, cell);
  at.dkinds.softmax_back(at.kinds, kKinds, cell);
}

RECOMBINE_INLINE void back_grid(const PointedGrids& shape, const Back& at, float* dgrid) {
  const std::int64_t cells = shape.side * shape.side;
  for (std::int64_t i = 0; i < cells; ++i) {
    const std::int64_t row = shape.order[i] / shape.side;
    const std::int64_t column = shape.order[i] % shape.side;
    Lanes sums[kColours] = {};
    for (std::int64_t cell = 0; cell < cells; cell += kLanes) {
      const Lanes weight = at.rows.at(row, cell) * at.columns.at(column, cell);
      for (int k = 0; k < kColours; ++k) sums[k] += weight * at.dnext.at(k, cell);
    }
    for (int k = 0; k < kColours; ++k) dgrid[i * kColours + k] = sum_of(sums[k]);
  }
}

}  // namespace

RECOMBINE_CLONES
void point_backward(const PointedGrids& shape,
                    const Pointers<const float>& weights,
                    const float* grids,
                    const float* dnext,
                    const Pointers<float>& dlogits,
                    float* dgrids) {
  const std::int64_t side = shape.side;
  const std::int64_t cells = side * side;
  Back at;
  for (std::int64_t n = 0; n < shape.grids; ++n) {
    const std::int64_t offset = n * side * cells;
    at.rows.take(weights.rows + offset, side, cells);
    at.columns.take(weights.columns + offset, side, cells);
    at.kinds.take_turned(weights.kinds + n * cells * kKinds, cells);
    at.dnext.take_turned(dnext + n * cells * kColours, cells);
    at.grid.take(shape, grids + n * cells * kColours);
    for (std::int64_t cell = 0; cell < cells; cell += kLanes) back_cells(shape, at, cell);
    at.drows.give(dlogits.rows + offset, side, cells);
    at.dcolumns.give(dlogits.columns + offset, side, cells);
    at.dkinds.give_turned(dlogits.kinds + n * cells * kKinds, cells);
    if (dgrids != nullptr) back_grid(shape, at, dgrids + n * cells * kColours);
  }
}

}  // namespace recombine::fused
