#pragma once
// The cells beside a cell: 4 share an edge with it, 8 an edge or a corner.

#include <array>
#include <span>

#include "generator/grids/rules/cells.h"

namespace recombine::rules {

inline constexpr std::array<Cell, 8> kAround = {
    {{-1, 0}, {0, -1}, {1, 0}, {0, 1}, {-1, -1}, {-1, 1}, {1, -1}, {1, 1}}};

/// Offsets by the index of a value of kNeighbours.
inline std::span<const Cell> offsets_around(int choice) {
  return std::span(kAround).first(choice == 0 ? 4 : 8);
}

/// How many of a cell's neighbours belong to the set.
inline int neighbours_in(const Cells& cells, Cell cell, std::span<const Cell> offsets) {
  int count = 0;
  for (const Cell offset : offsets) {
    const Cell beside{static_cast<std::int8_t>(cell.row + offset.row),
                      static_cast<std::int8_t>(cell.col + offset.col)};
    count += cells.contains(beside) ? 1 : 0;
  }
  return count;
}

}  // namespace recombine::rules
