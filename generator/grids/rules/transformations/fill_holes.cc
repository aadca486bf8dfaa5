#include <algorithm>

#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/neighbours.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// Adds the cells that no path of empty cells leads out of, a step being one to a neighbour.
/// Nothing where there is none.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  const auto inside = [&](Cell cell) {
    return cell.row >= box.top && cell.row <= box.bottom && cell.col >= box.left &&
           cell.col <= box.right;
  };
  // What is reached from the empty cells at the border of the box.
  CellList reached;
  const auto reach = [&](Cell cell) {
    const bool is_new = std::ranges::find(reached, cell) == reached.end();
    if (inside(cell) && !object.cells.contains(cell) && is_new) reached.push_back(cell);
  };
  for (int row = box.top; row <= box.bottom; ++row) {
    reach(cell_at(row, box.left));
    reach(cell_at(row, box.right));
  }
  for (int col = box.left; col <= box.right; ++col) {
    reach(cell_at(box.top, col));
    reach(cell_at(box.bottom, col));
  }
  for (std::size_t next = 0; next != reached.size();) {
    const Cell cell = reached[next++];
    for (const Cell offset : offsets_around(choice[0]))
      reach(cell_at(cell.row + offset.row, cell.col + offset.col));
  }
  return of_box(object,
                [&](Cell cell) { return std::ranges::find(reached, cell) == reached.end(); });
}

}  // namespace

const Transformation fill_holes = {"fill_holes", "fills the object's holes", false,
                                   kNeighboursParameter, apply};

}  // namespace recombine::rules
