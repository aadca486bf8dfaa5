#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// Every row (column) is there twice. The bounding box keeps its top left corner.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  const bool rows = choice[0] == 0;
  CellList cells;
  for (const Cell cell : object.cells) {
    for (int copy = 0; copy < 2; ++copy) {
      cells.push_back(rows ? cell_at(2 * cell.row - box.top + copy, cell.col)
                           : cell_at(cell.row, 2 * cell.col - box.left + copy));
    }
  }
  return built(object, cells);
}

}  // namespace

const Transformation stretch = {"stretch", "doubles every row or every column of the object", false,
                                kLinesParameter, apply};

}  // namespace recombine::rules
