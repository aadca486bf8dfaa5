#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// Rows become columns: about the diagonal from the top left corner (main) or from the top right
/// (anti). The bounding box keeps its top left corner. Nothing where the object is symmetric.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  const bool main = choice[0] == 0;
  return mapped(object, [&](Cell cell) {
    return main ? cell_at(box.top + cell.col - box.left, box.left + cell.row - box.top)
                : cell_at(box.top + box.right - cell.col, box.left + box.bottom - cell.row);
  });
}

}  // namespace

const Transformation transpose = {"transpose", "flips the object about a diagonal", false,
                                  kDiagonalParameter, apply};

}  // namespace recombine::rules
