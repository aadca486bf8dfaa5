#pragma once
// What most transformations are made of: a new set of cells for the object.

#include <optional>
#include <vector>

#include "generator/grids/rules/cells.h"

namespace recombine::rules {

using CellList = std::vector<Cell>;

inline Cell cell_at(int row, int col) {
  return {static_cast<std::int8_t>(row), static_cast<std::int8_t>(col)};
}

/// The object with these cells, in any order, some perhaps twice. Nothing where there is none,
/// where they are the cells that it has, or where a set has no room for them.
inline std::optional<Object> built(const Object& object, const CellList& cells) {
  Object result{{}, object.colour};
  for (const Cell cell : cells) {
    const bool full = result.cells.size() == static_cast<int>(Cells::kCapacity);
    if (full && !result.cells.contains(cell)) return std::nullopt;
    result.cells.insert(cell);
  }
  if (result.cells.empty() || result.cells == object.cells) return std::nullopt;
  return result;
}

/// As built(), of the cells that `place(cell)` gives.
template <class Place>
std::optional<Object> mapped(const Object& object, Place place) {
  CellList cells;
  for (const Cell cell : object.cells) cells.push_back(place(cell));
  return built(object, cells);
}

/// As built(), of the object's cells for which `keep(cell)` holds.
template <class Keep>
std::optional<Object> kept(const Object& object, Keep keep) {
  CellList cells;
  for (const Cell cell : object.cells) {
    if (keep(cell)) cells.push_back(cell);
  }
  return built(object, cells);
}

/// As built(), of the cells of the bounding box for which `keep(cell)` holds.
template <class Keep>
std::optional<Object> of_box(const Object& object, Keep keep) {
  const Box box = object.cells.box();
  CellList cells;
  for (int row = box.top; row <= box.bottom; ++row) {
    for (int col = box.left; col <= box.right; ++col) {
      if (keep(cell_at(row, col))) cells.push_back(cell_at(row, col));
    }
  }
  return built(object, cells);
}

}  // namespace recombine::rules
