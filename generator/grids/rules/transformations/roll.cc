#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/directions.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// Moves the cells by one within the bounding box; what leaves it comes in at the other side.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  const Cell side = kOffsets[static_cast<std::size_t>(choice[0])];
  return mapped(object, [&](Cell cell) {
    const int row = cell.row - box.top + side.row + box.height();
    const int col = cell.col - box.left + side.col + box.width();
    return cell_at(box.top + row % box.height(), box.left + col % box.width());
  });
}

}  // namespace

const Transformation roll = {"roll", "turns the object over its own edge by one", false,
                             kSideParameter, apply};

}  // namespace recombine::rules
