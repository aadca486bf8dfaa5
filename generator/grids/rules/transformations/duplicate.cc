#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/directions.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// Adds the object once more, beside its bounding box.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  const Cell side = kOffsets[static_cast<std::size_t>(choice[0])];
  CellList cells(object.cells.begin(), object.cells.end());
  for (const Cell cell : object.cells)
    cells.push_back(cell_at(cell.row + side.row * box.height(), cell.col + side.col * box.width()));
  return built(object, cells);
}

}  // namespace

const Transformation duplicate = {"duplicate", "puts the object beside itself", false,
                                  kSideParameter, apply};

}  // namespace recombine::rules
