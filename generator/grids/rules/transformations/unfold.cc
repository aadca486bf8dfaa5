#include <array>

#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// Adds the mirror image of the object, beside its bounding box.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  CellList cells(object.cells.begin(), object.cells.end());
  for (const Cell cell : object.cells) {
    const std::array<Cell, 4> image = {cell_at(2 * box.top - 1 - cell.row, cell.col),
                                       cell_at(cell.row, 2 * box.left - 1 - cell.col),
                                       cell_at(2 * box.bottom + 1 - cell.row, cell.col),
                                       cell_at(cell.row, 2 * box.right + 1 - cell.col)};
    cells.push_back(image.at(static_cast<std::size_t>(choice[0])));
  }
  return built(object, cells);
}

}  // namespace

const Transformation unfold = {"unfold", "puts the object's mirror image beside it", false,
                               kSideParameter, apply};

}  // namespace recombine::rules
