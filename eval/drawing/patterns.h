#pragma once
// What each colour looks like to those who cannot tell colours apart: lines within its cells.

#include <span>

#include "data/grid.h"

namespace recombine {

/// A line within a cell, from one place to another: parts of the cell's side, from its top left.
struct PatternLine {
  double x = 0;
  double y = 0;
  double to_x = 0;
  double to_y = 0;
};

/// The lines of a colour, no two colours the same; none for the background.
std::span<const PatternLine> pattern_of(Colour colour);

/// The same as a character.
char pattern_sign(Colour colour);

}  // namespace recombine
