#pragma once
// A picture before it has a form: what is where, on a raster of cells. Three forms are made of it:
// PNG, SVG and coloured text.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/grid.h"
#include "data/png.h"
#include "data/screen/terminal.h"
#include "eval/drawing/rgb.h"
#include "eval/drawing/strokes.h"

namespace recombine {

using Palette = std::array<Rgb, kColours>;

/// The official ARC palette (fchollet/ARC-AGI, apps/css/common.css).
inline constexpr Palette kPalette = {{
    {0, 0, 0},
    {0, 116, 217},
    {255, 65, 54},
    {46, 204, 64},
    {255, 220, 0},
    {170, 170, 170},
    {240, 18, 190},
    {255, 133, 27},
    {127, 219, 255},
    {135, 12, 37},
}};

/// Of arcprize.org since 2024: the same ten by name, most of them in other shades.
inline constexpr Palette kArcPrizePalette = {{
    {0, 0, 0},
    {30, 147, 255},
    {249, 60, 49},
    {79, 204, 48},
    {255, 220, 0},
    {153, 153, 153},
    {229, 58, 163},
    {255, 133, 27},
    {135, 216, 241},
    {146, 18, 49},
}};

/// Of the pictures that Compositional-ARC's authors asked language models with: black, red, orange,
/// yellow, green, blue, purple, pink, cyan, grey by their names in CSS (arXiv 2504.01445).
inline constexpr Palette kPublishedPalette = {{
    {0, 0, 0},
    {255, 0, 0},
    {255, 165, 0},
    {255, 255, 0},
    {0, 128, 0},
    {0, 0, 255},
    {128, 0, 128},
    {255, 192, 203},
    {0, 255, 255},
    {128, 128, 128},
}};

/// "official" (its older name is "arc"), "arcprize" or "published".
const Palette& palette_named(std::string_view name);

/// Black or white, whichever is seen better on `background`.
Rgb ink_on(Rgb background);

/// A grid with its top left cell at (row, col) of the scene.
struct GridPart {
  int row = 0;
  int col = 0;
  Grid grid;
  std::vector<bool> wrong;  ///< cells to mark, row-major; empty: none
};

enum class TextStyle : std::uint8_t { kTitle, kPlain, kFaint, kRight, kWrong };

/// A line of text, one cell high; in characters it may be twice as long as in cells.
struct TextPart {
  int row = 0;
  int col = 0;
  std::string text;
  TextStyle style = TextStyle::kPlain;
};

/// An arrow to the right, two cells long.
struct ArrowPart {
  int row = 0;
  int col = 0;
};

/// What a box stands for, and so its colours.
enum class BoxStyle : std::uint8_t { kHead, kBridge, kTail, kFaint, kRight, kWrong };

/// The colours of a box.
struct BoxInk {
  Rgb fill;
  Rgb line;
  Rgb text;
};
BoxInk box_ink(BoxStyle style);

/// A rounded box with a text in its middle; three cells high, or one. A high one may have a caption
/// at its top.
struct BoxPart {
  int row = 0;
  int col = 0;
  int rows = 3;
  int cols = 0;
  std::string text;
  BoxStyle style = BoxStyle::kFaint;
  std::string caption;
};

/// A straight line, across or down, from the middle of a cell's edge to another, with a text beside
/// its middle.
struct LinkPart {
  double row = 0;
  double col = 0;
  double to_row = 0;
  double to_col = 0;
  std::string label;
  bool faint = false;
  bool arrow = true;  ///< whether it has a head at its end

  bool across() const { return row == to_row; }
};

/// All positions in cells, from the top left. A value.
struct Scene {
  int rows = 0;
  int cols = 0;
  std::vector<GridPart> grids;
  std::vector<TextPart> texts;
  std::vector<ArrowPart> arrows;
  std::vector<LinkPart> links;
  std::vector<BoxPart> boxes;
  // Of charts.
  std::vector<AreaPart> areas;
  std::vector<StrokePart> strokes;
  std::vector<DotPart> dots;
  std::vector<LabelPart> labels;
};

struct DrawingStyle {
  int cell = 14;        ///< pixels; at least 8
  bool digits = false;  ///< write its number on every coloured cell
  const Palette* palette = &kPalette;
  bool patterns = false;  ///< draw its pattern_of() on every coloured cell
  /// Letters of PNGs that are the same on every machine; else those of a font, where there is one.
  bool stroke_letters = false;
  /// An SVG that is part of a page: no paper of its own, and inks that follow the page's style.
  bool on_page = false;
  std::string about = {};  ///< what an SVG on a page says to those who do not see it
};

Png scene_png(const Scene& scene, const DrawingStyle& style = {});

/// "OpenCV 4.6.0": what PNGs are drawn by; "none" in a build without it.
std::string png_library();
std::string scene_svg(const Scene& scene, const DrawingStyle& style = {});

/// Two characters a cell: grids in the terminal's colours, and colours by number in them; without
/// colours, digits alone; `patterns`: pattern_sign() instead of digits. Wrong cells carry a '!'.
/// Lines are cut at `width` characters; 0: nowhere.
std::string scene_text(const Scene& scene,
                       TerminalColours colours,
                       bool patterns = false,
                       const Palette& palette = kPalette,
                       int width = 0);
/// The same with 24-bit colours or none.
std::string scene_text(const Scene& scene, bool colour, bool patterns = false);

}  // namespace recombine
