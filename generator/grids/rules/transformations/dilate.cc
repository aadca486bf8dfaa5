#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/neighbours.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// Adds every neighbour of every cell.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  CellList cells(object.cells.begin(), object.cells.end());
  for (const Cell offset : offsets_around(choice[0])) {
    for (const Cell cell : object.cells)
      cells.push_back(cell_at(cell.row + offset.row, cell.col + offset.col));
  }
  return built(object, cells);
}

}  // namespace

const Transformation dilate = {"dilate", "adds every neighbour of every cell", false,
                               kNeighboursParameter, apply};

}  // namespace recombine::rules
