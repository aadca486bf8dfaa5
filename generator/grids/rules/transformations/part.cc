#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// Moves the lower half of the rows down by one (the right half of the columns to the right), so
/// that a gap is left. A middle line belongs to the first half. Nothing where there is only one
/// line.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  const bool rows = choice[0] == 0;
  return mapped(object, [&](Cell cell) {
    const bool lower = 2 * cell.row > box.top + box.bottom;
    const bool right = 2 * cell.col > box.left + box.right;
    return cell_at(cell.row + (rows && lower ? 1 : 0), cell.col + (!rows && right ? 1 : 0));
  });
}

}  // namespace

const Transformation part = {"part", "parts the object in two halves with a gap between", false,
                             kLinesParameter, apply};

}  // namespace recombine::rules
