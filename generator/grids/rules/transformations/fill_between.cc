#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// Fills every row (column) between its first and its last cell.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const bool rows = choice[0] == 0;
  return of_box(object, [&](Cell cell) {
    bool before = false;
    bool behind = false;
    for (const Cell other : object.cells) {
      if (rows ? other.row != cell.row : other.col != cell.col) continue;
      const int distance = rows ? other.col - cell.col : other.row - cell.row;
      before = before || distance <= 0;
      behind = behind || distance >= 0;
    }
    return before && behind;
  });
}

}  // namespace

const Transformation fill_between = {"fill_between",
                                     "fills the object's rows or columns between their ends", false,
                                     kLinesParameter, apply};

}  // namespace recombine::rules
