#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// Keeps every second row (column) of the bounding box, the first among them.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  const bool rows = choice[0] == 0;
  return kept(object, [&](Cell cell) {
    return (rows ? cell.row - box.top : cell.col - box.left) % 2 == 0;
  });
}

}  // namespace

const Transformation stripes = {"stripes", "keeps every second row or column", false,
                                kLinesParameter, apply};

}  // namespace recombine::rules
