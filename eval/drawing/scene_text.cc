#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "data/error.h"
#include "eval/drawing/patterns.h"
#include "eval/drawing/scene.h"

namespace recombine {

const Palette& palette_named(std::string_view name) {
  if (name == "arcprize") return kArcPrizePalette;
  return name == "published" ? kPublishedPalette : kPalette;
}

Rgb ink_on(Rgb background) {
  const int luma = (299 * background.red + 587 * background.green + 114 * background.blue) / 1000;
  return luma > 128 ? Rgb{0, 0, 0} : Rgb{255, 255, 255};
}

BoxInk box_ink(BoxStyle style) {
  switch (style) {
    case BoxStyle::kHead:
      return {{219, 234, 254}, {37, 99, 170}, {20, 50, 95}};
    case BoxStyle::kBridge:
      return {{254, 240, 205}, {190, 125, 20}, {95, 60, 5}};
    case BoxStyle::kTail:
      return {{236, 226, 250}, {110, 70, 170}, {60, 30, 110}};
    case BoxStyle::kFaint:
      return {{245, 245, 245}, {200, 200, 200}, {120, 120, 120}};
    case BoxStyle::kRight:
      return {{216, 243, 220}, {10, 107, 45}, {10, 80, 35}};
    case BoxStyle::kWrong:
      return {{253, 222, 222}, {176, 0, 32}, {130, 0, 25}};
  }
  return {};
}

namespace {

/// A character's place: what stands there, and how it is coloured.
struct Glyph {
  char text = ' ';
  std::string style;  ///< parameters of the terminal's "select graphic rendition"
};

/// The nearest of the 240 fixed colours among a terminal's 256: a cube of 6 x 6 x 6, and 24 greys.
int nearest_of_256(Rgb colour) {
  constexpr std::array<int, 6> kLevels = {0, 95, 135, 175, 215, 255};
  const auto far = [&](int red, int green, int blue) {
    const int r = red - colour.red;
    const int g = green - colour.green;
    const int b = blue - colour.blue;
    return r * r + g * g + b * b;
  };
  const auto level = [&](int part) {
    const auto nearest =
        std::ranges::min_element(kLevels, {}, [&](int one) { return std::abs(one - part); });
    return static_cast<int>(nearest - kLevels.begin());
  };
  const int red = level(colour.red);
  const int green = level(colour.green);
  const int blue = level(colour.blue);
  const auto value = [&](int at) { return kLevels.at(static_cast<std::size_t>(at)); };
  const int mean = (colour.red + colour.green + colour.blue) / 3;
  const int grey = std::clamp((mean - 3) / 10, 0, 23);
  const bool is_grey =
      far(8 + 10 * grey, 8 + 10 * grey, 8 + 10 * grey) < far(value(red), value(green), value(blue));
  return is_grey ? 232 + grey : 16 + 36 * red + 6 * green + blue;
}

std::string rgb_style(Rgb back, Rgb ink, TerminalColours colours) {
  if (colours == TerminalColours::k256)
    return cat("38;5;", nearest_of_256(ink), ";48;5;", nearest_of_256(back));
  return cat("38;2;", int{ink.red}, ";", int{ink.green}, ";", int{ink.blue}, ";48;2;",
             int{back.red}, ";", int{back.green}, ";", int{back.blue});
}

int whole(double number) { return static_cast<int>(std::floor(number)); }

std::string text_style(TextStyle style) {
  switch (style) {
    case TextStyle::kTitle:
      return "1";
    case TextStyle::kPlain:
      return "";
    case TextStyle::kFaint:
      return "2";
    case TextStyle::kRight:
      return "1;32";
    case TextStyle::kWrong:
      return "1;31";
  }
  return "";
}

/// Lines of characters, two to a cell. What lies beyond its edges is left out.
class Page {
 public:
  struct Look {
    TerminalColours colours;
    bool patterns;
    const Palette& palette;
  };

  Page(int rows, int cols, const Look& look)
      : look_(look),
        lines_(static_cast<std::size_t>(rows),
               std::vector<Glyph>(static_cast<std::size_t>(2 * cols))) {}

  void put(int row, int column, std::string_view text, const std::string& style) {
    if (row < 0 || std::cmp_greater_equal(row, lines_.size())) return;
    auto& line = lines_[static_cast<std::size_t>(row)];
    for (const char c : text) {
      const bool obeyed = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;  // by a terminal
      if (column >= 0 && std::cmp_less(column, line.size()))
        line[static_cast<std::size_t>(column)] = {obeyed ? '?' : c, style};
      ++column;
    }
  }

  void put(const GridPart& part) {
    const int side = part.grid.side();
    for (int i = 0; i < side * side; ++i) {
      const Colour colour = part.grid.cells()[static_cast<std::size_t>(i)];
      const bool wrong = !part.wrong.empty() && part.wrong[static_cast<std::size_t>(i)];
      const char digit = colour == 0 ? '.' : static_cast<char>('0' + colour);
      const std::string text = {look_.patterns ? pattern_sign(colour) : digit, wrong ? '!' : ' '};
      put(part.row + i / side, 2 * (part.col + i % side), text, cell_style(colour));
    }
  }

  void put(const LinkPart& link) {
    const std::string style = link.faint ? "2" : "";
    const int row = whole(link.row);
    const int column = whole(2 * link.col);
    const auto length = static_cast<int>(link.label.size());
    if (link.across()) {
      const int width = whole(2 * link.to_col) - column;
      put(row, column + 1, std::string(static_cast<std::size_t>(std::max(width - 2, 0)), '-'),
          style);
      if (link.arrow) put(row, column + width - 2, ">", style);
      put(row - 1, column + (width - length) / 2, link.label, style);
      return;
    }
    const int last = whole(link.to_row) - 1;
    for (int line = row; line <= last; ++line)
      put(line, column, link.arrow && line == last ? "v" : "|", style);
    put((row + last) / 2, column + 2, link.label, style);
  }

  void put(const BoxPart& box) {
    const BoxInk ink = box_ink(box.style);
    const std::string style = rgb_style(ink.fill, ink.text, look_.colours);
    const auto inner = static_cast<std::size_t>(std::max(2 * box.cols - 2, 0));
    const int column = 2 * box.col;
    const bool large = box.rows > 1;
    const std::string text = box.style == BoxStyle::kWrong ? box.text + " !" : box.text;
    const std::size_t left = text.size() < inner ? (inner - text.size()) / 2 : 0;
    std::string line = std::string(left, ' ') + text;
    line.resize(inner, ' ');
    const std::string edge = "+" + std::string(inner, '-') + "+";
    for (int row = 0; large && row < box.rows; ++row)
      put(box.row + row, column, row % (box.rows - 1) == 0 ? edge : "", style);
    if (!box.caption.empty()) put(box.row, column + 2, " " + box.caption + " ", style);
    put(box.row + (box.rows - 1) / 2, column, large ? "|" + line + "|" : "(" + line + ")", style);
  }

  std::string text() const {
    const bool colour = look_.colours != TerminalColours::kNone;
    std::string all;
    for (const auto& line : lines_) all += line_text(line, colour) + "\n";
    return all;
  }

 private:
  std::string cell_style(Colour colour) const {
    const Rgb back = look_.palette.at(colour);
    return rgb_style(back, ink_on(back), look_.colours);
  }

  static std::string line_text(const std::vector<Glyph>& line, bool colour) {
    std::size_t end = line.size();
    while (end > 0 && line[end - 1].text == ' ' && line[end - 1].style.empty()) --end;
    std::string text;
    std::string now;
    for (std::size_t i = 0; i < end; ++i) {
      if (colour && line[i].style != now) {
        text += cat("\x1b[0m", line[i].style.empty() ? "" : cat("\x1b[", line[i].style, "m"));
        now = line[i].style;
      }
      text += line[i].text;
    }
    if (!now.empty()) text += "\x1b[0m";
    if (!colour) text.erase(text.find_last_not_of(' ') + 1);
    return text;
  }

  Look look_;
  std::vector<std::vector<Glyph>> lines_;
};

}  // namespace

std::string scene_text(
    const Scene& scene, TerminalColours colours, bool patterns, const Palette& palette, int width) {
  const int cut = width > 0 ? std::min(scene.cols, width / 2) : scene.cols;
  Page page(scene.rows, cut, {colours, patterns, palette});
  for (const GridPart& part : scene.grids) page.put(part);
  for (const ArrowPart& arrow : scene.arrows) page.put(arrow.row, 2 * arrow.col + 1, "->", "");
  for (const LinkPart& link : scene.links) page.put(link);
  for (const BoxPart& box : scene.boxes) page.put(box);
  for (const TextPart& text : scene.texts)
    page.put(text.row, 2 * text.col, text.text, text_style(text.style));
  return page.text();
}

std::string scene_text(const Scene& scene, bool colour, bool patterns) {
  return scene_text(scene, colour ? TerminalColours::k24Bit : TerminalColours::kNone, patterns);
}

}  // namespace recombine
