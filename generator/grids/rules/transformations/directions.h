#pragma once
// The four signed directions of grow and remove, as published: x is rows, y is columns.

#include <array>
#include <string_view>

#include "generator/grids/rules/cells.h"

namespace recombine::rules {

inline constexpr std::array<std::string_view, 4> kSignedDirections = {"-x", "-y", "+x", "+y"};
/// Up, left, down, right.
inline constexpr std::array<Cell, 4> kOffsets = {{{-1, 0}, {0, -1}, {1, 0}, {0, 1}}};

}  // namespace recombine::rules
