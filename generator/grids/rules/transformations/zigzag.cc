#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/directions.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// Moves every second row to the left or right by one, every second column up or down.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  const Cell side = kOffsets[static_cast<std::size_t>(choice[0])];
  return mapped(object, [&](Cell cell) {
    return cell_at(cell.row + side.row * ((cell.col - box.left) % 2),
                   cell.col + side.col * ((cell.row - box.top) % 2));
  });
}

}  // namespace

const Transformation zigzag = {"zigzag", "moves every second row or column by one", false,
                               kSideParameter, apply};

}  // namespace recombine::rules
