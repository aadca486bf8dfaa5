#include "data/error.h"
#include "eval/drawing/scene.h"

namespace recombine {

Rgb ink_on(Rgb background) {
  const int luma = (299 * background.red + 587 * background.green + 114 * background.blue) / 1000;
  return luma > 128 ? Rgb{0, 0, 0} : Rgb{255, 255, 255};
}

namespace {

/// A character's place: what stands there, and how it is coloured.
struct Glyph {
  char text = ' ';
  std::string style;  ///< parameters of the terminal's "select graphic rendition"
};

std::string cell_style(Colour colour) {
  const Rgb back = kPalette.at(colour);
  const Rgb ink = ink_on(back);
  return cat("38;2;", int{ink.red}, ";", int{ink.green}, ";", int{ink.blue}, ";48;2;",
             int{back.red}, ";", int{back.green}, ";", int{back.blue});
}

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

/// Lines of characters, two to a cell.
class Page {
 public:
  Page(int rows, int cols)
      : lines_(static_cast<std::size_t>(rows),
               std::vector<Glyph>(static_cast<std::size_t>(2 * cols))) {}

  void put(int row, int column, std::string_view text, const std::string& style) {
    auto& line = lines_.at(static_cast<std::size_t>(row));
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::size_t place = static_cast<std::size_t>(column) + i;
      if (place < line.size()) line[place] = {text[i], style};
    }
  }

  void put(const GridPart& part) {
    const int side = part.grid.side();
    for (int i = 0; i < side * side; ++i) {
      const Colour colour = part.grid.cells()[static_cast<std::size_t>(i)];
      const bool wrong = !part.wrong.empty() && part.wrong[static_cast<std::size_t>(i)];
      const std::string text = {colour == 0 ? '.' : static_cast<char>('0' + colour),
                                wrong ? '!' : ' '};
      put(part.row + i / side, 2 * (part.col + i % side), text, cell_style(colour));
    }
  }

  std::string text(bool colour) const {
    std::string all;
    for (const auto& line : lines_) all += line_text(line, colour) + "\n";
    return all;
  }

 private:
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

  std::vector<std::vector<Glyph>> lines_;
};

}  // namespace

std::string scene_text(const Scene& scene, bool colour) {
  Page page(scene.rows, scene.cols);
  for (const GridPart& part : scene.grids) page.put(part);
  for (const ArrowPart& arrow : scene.arrows) page.put(arrow.row, 2 * arrow.col + 1, "->", "");
  for (const TextPart& text : scene.texts)
    page.put(text.row, 2 * text.col, text.text, text_style(text.style));
  return page.text(colour);
}

}  // namespace recombine
