#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/neighbours.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// The neighbours of the object's cells in place of the object.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  CellList cells;
  for (const Cell offset : offsets_around(choice[0])) {
    for (const Cell cell : object.cells) {
      const Cell beside = cell_at(cell.row + offset.row, cell.col + offset.col);
      if (!object.cells.contains(beside)) cells.push_back(beside);
    }
  }
  return built(object, cells);
}

}  // namespace

const Transformation outline = {"outline", "puts the ring around the object in its place", false,
                                kNeighboursParameter, apply};

}  // namespace recombine::rules
