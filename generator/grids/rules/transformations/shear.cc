#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/directions.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// Moves every row to the left or right by its distance from the top row, every column up or down
/// by its distance from the left column.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  const Cell side = kOffsets[static_cast<std::size_t>(choice[0])];
  return mapped(object, [&](Cell cell) {
    return cell_at(cell.row + side.row * (cell.col - box.left),
                   cell.col + side.col * (cell.row - box.top));
  });
}

}  // namespace

const Transformation shear = {"shear", "slants the object to one side", false, kSideParameter,
                              apply};

}  // namespace recombine::rules
