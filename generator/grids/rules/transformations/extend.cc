#include <array>

#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/directions.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// Repeats the edge of the bounding box once more, outside of it.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  const Cell side = kOffsets[static_cast<std::size_t>(choice[0])];
  CellList cells(object.cells.begin(), object.cells.end());
  for (const Cell cell : object.cells) {
    const std::array<bool, 4> edge = {cell.row == box.top, cell.col == box.left,
                                      cell.row == box.bottom, cell.col == box.right};
    if (edge.at(static_cast<std::size_t>(choice[0])))
      cells.push_back(cell_at(cell.row + side.row, cell.col + side.col));
  }
  return built(object, cells);
}

}  // namespace

const Transformation extend = {"extend", "repeats the object's edge once more", false,
                               kSideParameter, apply};

}  // namespace recombine::rules
