#pragma once
// What charts are made of, beside grids and boxes: lines, areas, dots and letters, anywhere.

#include <cstdint>
#include <string>
#include <vector>

#include "eval/drawing/rgb.h"

namespace recombine {

/// A place in cells from the top left, and in parts of them.
struct Spot {
  double row = 0;
  double col = 0;
};

/// A line through places, one after the other. `width` in cells.
struct StrokePart {
  std::vector<Spot> path;
  Ink ink;
  double width = 0.1;
  int dash = 0;  ///< 0: none, else one of five patterns, by turns
};

/// An area within a line; what lies below it shows through where `opacity` is under 1.
struct AreaPart {
  std::vector<Spot> outline;
  Ink ink;
  double opacity = 1;
};

enum class DotForm : std::uint8_t { kDisc, kSquare, kDiamond };

struct DotPart {
  Spot at;
  double radius = 0.4;  ///< in cells
  DotForm form = DotForm::kDisc;
  Ink ink;
};

enum class Anchor : std::uint8_t { kStart, kMiddle, kEnd };

/// A line of text that stands on `at`; `size` in cells, of the height of a line.
struct LabelPart {
  Spot at;
  std::string text;
  Ink ink = kTextInk;
  Anchor anchor = Anchor::kStart;
  double size = 1.3;
  bool bold = false;
};

/// Parts of a dash pattern in widths of its stroke: drawn, left out, ...; empty for `dash` 0.
const std::vector<double>& dash_pattern(int dash);

}  // namespace recombine
