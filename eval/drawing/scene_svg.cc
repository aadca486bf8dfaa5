#include "data/error.h"
#include "data/visible_text.h"
#include "eval/drawing/patterns.h"
#include "eval/drawing/scene.h"
#include "eval/drawing/strokes_svg.h"
#include "eval/tables/table.h"

namespace recombine {
namespace {

std::string_view style_text(TextStyle style) {
  switch (style) {
    case TextStyle::kTitle:
      return R"(font-weight="bold" fill="#111")";
    case TextStyle::kPlain:
      return R"(fill="#222")";
    case TextStyle::kFaint:
      return R"(fill="#6b6b6b")";
    case TextStyle::kRight:
      return R"(font-weight="bold" fill="#0a6b2d")";
    case TextStyle::kWrong:
      return R"(font-weight="bold" fill="#b00020")";
  }
  return "";
}

std::string cell_svg(const GridPart& part, int row, int col, const DrawingStyle& style) {
  const int size = style.cell;
  const int x = (part.col + col) * size;
  const int y = (part.row + row) * size;
  const Colour colour = part.grid(row, col);
  const Rgb fill = style.palette->at(colour);
  std::string svg;
  if (colour != 0) {
    svg += cat(R"(<path fill=")", colour_text(fill), R"(" d="M)", x, " ", y, "h", size, "v", size,
               "h", -size, "z\"/>\n");
  }
  return svg;
}

std::string digit_svg(const GridPart& part, int row, int col, const DrawingStyle& style) {
  const int size = style.cell;
  const Colour colour = part.grid(row, col);
  const int x = (part.col + col) * size;
  const int y = (part.row + row) * size;
  return cat(R"(<text x=")", x + size / 2, R"(" y=")", y + size * 3 / 4,
             R"(" text-anchor="middle" font-size=")", size * 2 / 3, R"(" fill=")",
             colour_text(ink_on(style.palette->at(colour))), R"(">)", int{colour}, "</text>\n");
}

std::string pattern_svg(const GridPart& part, int row, int col, const DrawingStyle& style) {
  const Colour colour = part.grid(row, col);
  const auto place = [&](int cell, double within) { return (cell + within) * style.cell; };
  std::string path;
  for (const PatternLine& line : pattern_of(colour)) {
    path += cat("M", place(part.col + col, line.x), " ", place(part.row + row, line.y), "L",
                place(part.col + col, line.to_x), " ", place(part.row + row, line.to_y));
  }
  return cat(R"(<path fill="none" stroke=")", colour_text(ink_on(style.palette->at(colour))),
             R"(" stroke-width=")", style.cell / 10.0, R"(" d=")", path, "\"/>\n");
}

// A white frame with a black edge: seen on every colour, by everyone, and the colour stays.
std::string mark_svg(const GridPart& part, int row, int col, const DrawingStyle& style) {
  const int size = style.cell;
  const double thick = style.digits ? 1 : size / 7.0;  // leaves the digit room
  const auto frame = [&](double inset, const char* ink, double width) {
    return cat(R"(<rect x=")", (part.col + col) * size + inset, R"(" y=")",
               (part.row + row) * size + inset, R"(" width=")", size - 2 * inset, R"(" height=")",
               size - 2 * inset, R"(" stroke=")", ink, R"(" stroke-width=")", width,
               R"(" fill="none"/>)");
  };
  return frame(0.5 + thick / 2, "#fff", thick) + frame(1 + thick, "#000", 1) + "\n";
}

std::string lines_svg(const GridPart& part, int size) {
  const int side = part.grid.side();
  const int x = part.col * size;
  const int y = part.row * size;
  std::string path;
  for (int line = 0; line <= side; ++line) {
    path += cat("M", x, " ", y + line * size, "h", side * size, "M", x + line * size, " ", y, "v",
                side * size);
  }
  return cat(R"(<path d=")", path, "\" stroke=\"#555\" fill=\"none\"/>\n");
}

std::string grid_svg(const GridPart& part, const DrawingStyle& style) {
  const int side = part.grid.side();
  std::string svg = cat(R"(<rect x=")", part.col * style.cell, R"(" y=")", part.row * style.cell,
                        R"(" width=")", side * style.cell, R"(" height=")", side * style.cell,
                        R"(" fill=")", colour_text(style.palette->front()), "\"/>\n");
  for (int i = 0; i < side * side; ++i) svg += cell_svg(part, i / side, i % side, style);
  svg += lines_svg(part, style.cell);
  for (int i = 0; i < side * side; ++i) {
    const auto index = static_cast<std::size_t>(i);
    if (style.patterns && part.grid.cells()[index] != 0)
      svg += pattern_svg(part, i / side, i % side, style);
    if (!part.wrong.empty() && part.wrong[index]) svg += mark_svg(part, i / side, i % side, style);
    if (style.digits && part.grid.cells()[index] != 0) {
      svg += digit_svg(part, i / side, i % side, style);
    }
  }
  return svg;
}

std::string arrow_svg(const ArrowPart& arrow, int size) {
  const int y = arrow.row * size + size / 2;
  const int begin = arrow.col * size + size / 2;
  const int end = (arrow.col + 2) * size - size / 2;
  return cat(R"(<path d="M)", begin, " ", y, "H", end, "m", -size / 3, " ", -size / 3, "l",
             size / 3, " ", size / 3, "l", -size / 3, " ", size / 3,
             "\" stroke=\"#444\" stroke-width=\"2\" fill=\"none\"/>\n");
}

std::string centred_text(double x, double y, double size, Rgb ink, const std::string& text) {
  return cat(R"(<text x=")", x, R"(" y=")", y, R"(" text-anchor="middle" font-size=")", size,
             R"(" fill=")", colour_text(ink), R"(">)", html_escape(text), "</text>\n");
}

std::string link_svg(const LinkPart& link, int size) {
  const double x = link.col * size;
  const double y = link.row * size;
  const double to_x = link.to_col * size;
  const double to_y = link.to_row * size;
  const Rgb ink = link.faint ? Rgb{175, 175, 175} : Rgb{68, 68, 68};
  const double tip = size * (link.faint ? 0.4 : 0.6);
  std::string svg = cat(R"(<path d="M)", x, " ", y, "L", to_x, " ", to_y, R"(" stroke=")",
                        colour_text(ink), R"(" stroke-width=")", link.faint ? 1 : 2, "\"/>\n");
  if (link.arrow) {
    svg += cat(R"(<path d="M)", to_x, " ", to_y);
    svg += link.across() ? cat("l", -tip, " ", -tip / 2, "v", tip)
                         : cat("l", -tip / 2, " ", -tip, "h", tip);
    svg += cat(R"(z" fill=")", colour_text(ink), "\"/>\n");
  }
  const double letters = size * (link.faint ? 0.75 : 0.9);
  if (link.across()) {
    return svg + centred_text((x + to_x - tip / 2) / 2, y - size * 0.5, letters, {34, 34, 34},
                              link.label);
  }
  return svg + cat(R"(<text x=")", x + size * 0.4, R"(" y=")", (y + to_y) / 2 + size * 0.2,
                   R"(" font-size=")", letters, R"(" fill="#787878">)", html_escape(link.label),
                   "</text>\n");
}

std::string box_svg(const BoxPart& box, int size) {
  const BoxInk ink = box_ink(box.style);
  const bool large = box.rows > 1;
  const double letters = size * (large ? 1.1 : 0.8);
  const double middle = (box.col + box.cols / 2.0) * size;
  const double lowered = box.caption.empty() ? 0.35 : 0.65;
  std::string svg = cat(R"(<rect x=")", box.col * size, R"(" y=")", box.row * size, R"(" width=")",
                        box.cols * size, R"(" height=")", box.rows * size, R"(" rx=")",
                        size * (large ? 0.6 : 0.3), R"(" fill=")", colour_text(ink.fill),
                        R"(" stroke=")", colour_text(ink.line), R"(" stroke-width=")",
                        box.style == BoxStyle::kFaint ? 1 : 2, "\"/>\n") +
                    centred_text(middle, (box.row + box.rows / 2.0) * size + letters * lowered,
                                 letters, ink.text, box.text);
  if (!box.caption.empty())
    svg += centred_text(middle, (box.row + 0.95) * size, size * 0.7, ink.line, box.caption);
  return svg;
}

}  // namespace

std::string scene_svg(const Scene& scene, const DrawingStyle& style) {
  const int width = scene.cols * style.cell;
  const int height = scene.rows * style.cell;
  std::string svg =
      cat(R"(<svg xmlns="http://www.w3.org/2000/svg" width=")", width, R"(" height=")", height,
          R"(" viewBox="0 0 )", width, " ", height, R"(" font-family="sans-serif")");
  if (style.on_page) {
    svg += cat(R"( class="chart" role="img" aria-label=")", html_escape(visible_text(style.about)),
               "\"");
  }
  svg += ">\n";
  // The inks of grids and their texts are for white paper.
  const bool chart = scene.grids.empty() && scene.texts.empty() && scene.boxes.empty();
  if (!style.on_page || !chart) {
    svg += "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
  }
  for (const GridPart& part : scene.grids) svg += grid_svg(part, style);
  for (const ArrowPart& arrow : scene.arrows) svg += arrow_svg(arrow, style.cell);
  for (const LinkPart& link : scene.links) svg += link_svg(link, style.cell);
  for (const BoxPart& box : scene.boxes) svg += box_svg(box, style.cell);
  for (const TextPart& text : scene.texts) {
    svg += cat(R"(<text x=")", text.col * style.cell, R"(" y=")",
               text.row * style.cell + style.cell * 3 / 4, R"(" font-size=")", style.cell * 9 / 10,
               R"(" )", style_text(text.style), ">", html_escape(visible_text(text.text)),
               "</text>\n");
  }
  return svg + strokes_svg(scene, style) + "</svg>\n";
}

}  // namespace recombine
