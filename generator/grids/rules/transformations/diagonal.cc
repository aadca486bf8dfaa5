#include <algorithm>

#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// A diagonal of the bounding box in place of the object: a cell in each row or each column,
/// whichever are more, from the top left corner down (main) or from the top right (anti).
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  const int longest = std::max(box.height(), box.width());
  CellList cells;
  for (int i = 0; i < longest; ++i) {
    const int row = i * box.height() / longest;
    const int col = i * box.width() / longest;
    cells.push_back(cell_at(box.top + row, choice[0] == 0 ? box.left + col : box.right - col));
  }
  return built(object, cells);
}

}  // namespace

const Transformation diagonal = {"diagonal",
                                 "puts a diagonal of the bounding box in the object's place", false,
                                 kDiagonalParameter, apply};

}  // namespace recombine::rules
