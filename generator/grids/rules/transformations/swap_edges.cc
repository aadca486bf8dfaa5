#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// The first and the last row (column) of the bounding box change places.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  const bool rows = choice[0] == 0;
  const auto swapped = [](int place, int first, int last) {
    return place == first ? last : place == last ? first : place;
  };
  return mapped(object, [&](Cell cell) {
    return rows ? cell_at(swapped(cell.row, box.top, box.bottom), cell.col)
                : cell_at(cell.row, swapped(cell.col, box.left, box.right));
  });
}

}  // namespace

const Transformation swap_edges = {"swap_edges", "swaps the first and the last row or column",
                                   false, kLinesParameter, apply};

}  // namespace recombine::rules
