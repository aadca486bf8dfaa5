#pragma once
// The connected pieces of a grid.

#include <compare>
#include <vector>

#include "data/grid.h"

namespace recombine {

/// A place on a grid, row 0 at the top.
struct GridCell {
  int row = 0;
  int col = 0;

  friend auto operator<=>(const GridCell&, const GridCell&) = default;
};

using Component = std::vector<GridCell>;

/// The 8-connected pieces of the cells that are not background, whatever their colours. Each is
/// sorted by (row, col); pieces come in the order of their first cells.
std::vector<Component> connected_components(const Grid& grid);

}  // namespace recombine
