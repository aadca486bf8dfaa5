// The PNG form, by OpenCV.

#include <algorithm>
#include <cmath>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "data/error.h"
#include "eval/drawing/patterns.h"
#include "eval/drawing/raster.h"
#include "eval/drawing/scene.h"
#include "eval/drawing/strokes_raster.h"

namespace recombine {
namespace {

constexpr Rgb kPaper = {255, 255, 255};
constexpr Rgb kLines = {85, 85, 85};
constexpr Rgb kArrow = {68, 68, 68};
constexpr Rgb kFaintInk = {175, 175, 175};
constexpr int kShift = 4;  ///< binary places of a pixel

Rgb text_colour(TextStyle style) {
  switch (style) {
    case TextStyle::kTitle:
      return {17, 17, 17};
    case TextStyle::kPlain:
      return {34, 34, 34};
    case TextStyle::kFaint:
      return {107, 107, 107};
    case TextStyle::kRight:
      return {10, 107, 45};
    case TextStyle::kWrong:
      return {176, 0, 32};
  }
  return {};
}

/// Titles and verdicts stand in the heavier letters.
bool is_bold(TextStyle style) { return style != TextStyle::kPlain && style != TextStyle::kFaint; }

/// The pixels of a scene while it is being drawn.
class Canvas {
 public:
  Canvas(const Scene& scene, const DrawingStyle& style)
      : style_(style),
        pixels_(white_paper(scene.rows * style.cell + 1, scene.cols * style.cell + 1)) {}

  void draw(const GridPart& part) {
    const int side = part.grid.side();
    for (int i = 0; i < side * side; ++i) {
      const cv::Rect place = cell_rect(part, i);
      const Colour colour = part.grid.cells()[static_cast<std::size_t>(i)];
      cv::rectangle(pixels_, place, bgr(style_.palette->at(colour)), cv::FILLED);
      cv::rectangle(pixels_, cv::Rect(place.x, place.y, place.width + 1, place.height + 1),
                    bgr(kLines), 1);
    }
    for (int i = 0; i < side * side; ++i) {
      const auto index = static_cast<std::size_t>(i);
      const Colour colour = part.grid.cells()[index];
      if (style_.patterns) draw_pattern(cell_rect(part, i), colour);
      if (!part.wrong.empty() && part.wrong[index]) mark(cell_rect(part, i));
      if (style_.digits && colour != 0) draw_digit(cell_rect(part, i), colour);
    }
  }

  void draw(const TextPart& text) {
    const cv::Point base(text.col * style_.cell, text.row * style_.cell + style_.cell * 3 / 5);
    write_letters(pixels_, text.text, base, letters(style_.cell, is_bold(text.style)),
                  text_colour(text.style));
  }

  void draw(const ArrowPart& arrow) {
    const int half = style_.cell / 2;
    const int y = arrow.row * style_.cell + half;
    const cv::Point begin(arrow.col * style_.cell + half, y);
    const cv::Point end((arrow.col + 2) * style_.cell - half, y);
    cv::arrowedLine(pixels_, begin, end, bgr(kArrow), 2, cv::LINE_AA, 0, 0.35);
  }

  void draw(const LinkPart& link) {
    const cv::Scalar ink = bgr(link.faint ? kFaintInk : kArrow);
    const cv::Point begin = point(link.row, link.col);
    const cv::Point end = point(link.to_row, link.to_col);
    const int thick = link.faint ? 1 : 2;
    cv::line(pixels_, begin, end, ink, thick, cv::LINE_AA);
    const int tip = style_.cell * (link.faint ? 4 : 6) / 10;
    if (link.arrow) draw_tip(end, tip, link.across(), ink);
    const LetterStyle style = letters(style_.cell * (link.faint ? 0.8 : 0.95));
    const cv::Size size = text_extent(link.label, style);
    const cv::Point middle = (begin + end) / 2;
    const cv::Point base =
        link.across() ? middle + cv::Point(-(size.width + tip / 2) / 2, -style_.cell / 2)
                      : middle + cv::Point(style_.cell * 4 / 10, (size.height - tip / 2) / 2);
    write_letters(pixels_, link.label, base, style,
                  link.faint ? Rgb{120, 120, 120} : Rgb{34, 34, 34});
  }

  void draw(const BoxPart& box) {
    const BoxInk ink = box_ink(box.style);
    const auto outline = rounded(box);
    cv::fillConvexPoly(pixels_, outline, bgr(ink.fill), cv::LINE_AA, kShift);
    const int thick = box.style == BoxStyle::kFaint ? 1 : 2;
    cv::polylines(pixels_, outline, true, bgr(ink.line), thick, cv::LINE_AA, kShift);
    const double middle = box.row + box.rows / 2.0;
    const bool large = box.rows > 1;
    put_centred(box, middle + (box.caption.empty() ? 0 : 0.35), box.text, large ? 1.1 : 0.8,
                ink.text);
    put_centred(box, box.row + 0.65, box.caption, 0.75, ink.line);
  }

  void draw_chart(const Scene& scene) { draw_strokes(pixels_, scene, style_); }

  Png encode() const { return encode_png(pixels_); }

 private:
  cv::Point point(double row, double col) const {
    return {static_cast<int>(std::lround(col * style_.cell)),
            static_cast<int>(std::lround(row * style_.cell))};
  }

  /// Letters that fill a line of so many pixels; those of strokes are drawn thinner, and so larger.
  LetterStyle letters(double pixels, bool bold = false) const {
    return {pixels * (style_.stroke_letters ? 0.72 / 0.73 : 0.88), bold, style_.stroke_letters};
  }

  void draw_tip(const cv::Point& end, int size, bool across, const cv::Scalar& ink) {
    const cv::Point back = across ? cv::Point(-size, 0) : cv::Point(0, -size);
    const cv::Point side = across ? cv::Point(0, size / 2) : cv::Point(size / 2, 0);
    const std::vector<cv::Point> tip = {end, end + back + side, end + back - side};
    cv::fillConvexPoly(pixels_, tip, ink, cv::LINE_AA);
  }

  /// `size`: of the letters, 1 fills a cell.
  void put_centred(const BoxPart& box, double row, const std::string& text, double size, Rgb ink) {
    const LetterStyle style = letters(style_.cell * size);
    const cv::Size extent = text_extent(text, style);
    const cv::Point middle = point(row, box.col + box.cols / 2.0);
    write_letters(pixels_, text, middle + cv::Point(-extent.width / 2, extent.height / 2), style,
                  ink);
  }

  /// The outline in parts of a pixel, 1 << kShift each.
  std::vector<cv::Point> rounded(const BoxPart& box) const {
    constexpr int kArc = 6;  // pieces of a corner
    const double radius = box.rows > 1 ? 0.6 : 0.3;
    std::vector<cv::Point> outline;
    for (int corner = 0; corner < 4; ++corner) {
      const bool right = corner == 0 || corner == 3;
      const double row = corner < 2 ? box.row + box.rows - radius : box.row + radius;
      const double col = right ? box.col + box.cols - radius : box.col + radius;
      for (int piece = 0; piece <= kArc; ++piece) {
        const double angle = (corner + static_cast<double>(piece) / kArc) * CV_PI / 2;
        const double fine = style_.cell * (1 << kShift);
        outline.emplace_back(static_cast<int>((col + radius * std::cos(angle)) * fine),
                             static_cast<int>((row + radius * std::sin(angle)) * fine));
      }
    }
    return outline;
  }

  cv::Rect cell_rect(const GridPart& part, int index) const {
    const int side = part.grid.side();
    return {(part.col + index % side) * style_.cell, (part.row + index / side) * style_.cell,
            style_.cell, style_.cell};
  }

  void draw_pattern(const cv::Rect& place, Colour colour) {
    const cv::Scalar ink = bgr(ink_on(style_.palette->at(colour)));
    const auto fine = [&](double x, double y) {
      const double scale = place.width * (1 << kShift);
      return cv::Point(static_cast<int>((place.x << kShift) + x * scale),
                       static_cast<int>((place.y << kShift) + y * scale));
    };
    for (const PatternLine& line : pattern_of(colour)) {
      cv::line(pixels_, fine(line.x, line.y), fine(line.to_x, line.to_y), ink,
               std::max(place.width / 10, 1), cv::LINE_AA, kShift);
    }
  }

  void draw_digit(const cv::Rect& place, Colour colour) {
    const cv::Point base(place.x + place.width * 3 / 10, place.y + place.height * 4 / 5);
    write_letters(pixels_, std::to_string(colour), base, letters(place.width * 0.9),
                  ink_on(style_.palette->at(colour)));
  }

  // A white frame with a black edge: seen on every colour, by everyone, and the colour stays.
  void mark(const cv::Rect& place) {
    const int thick = style_.digits ? 1 : std::max(place.width / 7, 1);  // leaves the digit room
    for (int ring = 0; ring < thick + (style_.digits ? 0 : 1); ++ring) {
      const Rgb ink = ring < thick ? kPaper : Rgb{0, 0, 0};
      const int inner = place.width - 1 - 2 * ring;
      cv::rectangle(pixels_, cv::Rect(place.x + 1 + ring, place.y + 1 + ring, inner, inner),
                    bgr(ink), 1);
    }
  }

  DrawingStyle style_;
  cv::Mat pixels_;
};

}  // namespace

Png scene_png(const Scene& scene, const DrawingStyle& style) {
  Canvas canvas(scene, style);
  for (const GridPart& part : scene.grids) canvas.draw(part);
  for (const ArrowPart& arrow : scene.arrows) canvas.draw(arrow);
  for (const LinkPart& link : scene.links) canvas.draw(link);
  for (const BoxPart& box : scene.boxes) canvas.draw(box);
  for (const TextPart& text : scene.texts) canvas.draw(text);
  canvas.draw_chart(scene);
  return canvas.encode();
}

std::string png_library() { return cat("OpenCV ", cv::getVersionString()); }

}  // namespace recombine
