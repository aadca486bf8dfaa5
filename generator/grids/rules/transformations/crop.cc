#include <array>

#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// Keeps the half of the bounding box at that side, the middle line with it.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  return kept(object, [&](Cell cell) {
    const int row = 2 * cell.row - box.top - box.bottom;
    const int col = 2 * cell.col - box.left - box.right;
    return std::array{row <= 0, col <= 0, row >= 0, col >= 0}.at(
        static_cast<std::size_t>(choice[0]));
  });
}

}  // namespace

const Transformation crop = {"crop", "keeps one half of the object", false, kSideParameter, apply};

}  // namespace recombine::rules
