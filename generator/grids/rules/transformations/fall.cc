#include <algorithm>

#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/directions.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// The cells of a column move up or down, those of a row to the left or right, as far as the
/// bounding box and the cells before them let them.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  const Cell side = kOffsets[static_cast<std::size_t>(choice[0])];
  return mapped(object, [&](Cell cell) {
    const auto before = std::ranges::count_if(object.cells, [&](Cell other) {
      const int row = (other.row - cell.row) * side.row;
      const int col = (other.col - cell.col) * side.col;
      const bool same_line = side.row != 0 ? other.col == cell.col : other.row == cell.row;
      return same_line && row + col > 0;
    });
    const int room = static_cast<int>(before);
    if (side.row != 0) return cell_at(side.row < 0 ? box.top + room : box.bottom - room, cell.col);
    return cell_at(cell.row, side.col < 0 ? box.left + room : box.right - room);
  });
}

}  // namespace

const Transformation fall = {"fall", "lets the cells fall to one side of the bounding box", false,
                             kSideParameter, apply};

}  // namespace recombine::rules
