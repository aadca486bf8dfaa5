#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/directions.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// Moves the object by its own height or width.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  const Cell side = kOffsets[static_cast<std::size_t>(choice[0])];
  return Object{object.cells.moved(side.row * box.height(), side.col * box.width()), object.colour};
}

}  // namespace

const Transformation jump = {"jump", "moves the object by its own height or width", false,
                             kSideParameter, apply};

}  // namespace recombine::rules
