#include <algorithm>
#include <vector>

#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// Drops every row (column) of the bounding box that is like the one before it: what stretch
/// undoes. What is behind a dropped line moves up (to the left).
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  const bool rows = choice[0] == 0;
  const int first = rows ? box.top : box.left;
  const int count = rows ? box.height() : box.width();
  std::vector<CellList> all(static_cast<std::size_t>(count));
  for (const Cell cell : object.cells)
    all[static_cast<std::size_t>((rows ? cell.row : cell.col) - first)].push_back(cell);
  const auto same = [&](const CellList& a, const CellList& b) {
    return std::ranges::equal(a, b, {}, rows ? &Cell::col : &Cell::row,
                              rows ? &Cell::col : &Cell::row);
  };
  CellList cells;
  int place = first;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0 && same(all[i], all[i - 1])) continue;
    for (const Cell cell : all[i])
      cells.push_back(rows ? cell_at(place, cell.col) : cell_at(cell.row, place));
    ++place;
  }
  return built(object, cells);
}

}  // namespace

const Transformation compress = {"compress", "drops rows or columns that are like the one before",
                                 false, kLinesParameter, apply};

}  // namespace recombine::rules
