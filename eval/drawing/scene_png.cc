// The PNG form, by OpenCV.

#include <algorithm>

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "eval/drawing/scene.h"

namespace recombine {
namespace {

cv::Scalar bgr(Rgb colour) {
  return {static_cast<double>(colour.blue), static_cast<double>(colour.green),
          static_cast<double>(colour.red)};
}

constexpr Rgb kPaper = {255, 255, 255};
constexpr Rgb kLines = {85, 85, 85};
constexpr Rgb kArrow = {68, 68, 68};

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

/// Titles and verdicts in the heavier letters.
int font_of(TextStyle style) {
  const bool light = style == TextStyle::kPlain || style == TextStyle::kFaint;
  return light ? cv::FONT_HERSHEY_SIMPLEX : cv::FONT_HERSHEY_DUPLEX;
}

/// The scale at which OpenCV's plain letters fill a cell: its capitals are 22 pixels high at 1.
double text_scale(int cell) { return cell * 0.72 / 22; }

/// The pixels of a scene while it is being drawn.
class Canvas {
 public:
  Canvas(const Scene& scene, const DrawingStyle& style)
      : style_(style),
        pixels_(scene.rows * style.cell + 1, scene.cols * style.cell + 1, CV_8UC3, bgr(kPaper)) {}

  void draw(const GridPart& part) {
    const int side = part.grid.side();
    for (int i = 0; i < side * side; ++i) {
      const cv::Rect place = cell_rect(part, i);
      const Colour colour = part.grid.cells()[static_cast<std::size_t>(i)];
      cv::rectangle(pixels_, place, bgr(kPalette.at(colour)), cv::FILLED);
      cv::rectangle(pixels_, cv::Rect(place.x, place.y, place.width + 1, place.height + 1),
                    bgr(kLines), 1);
    }
    for (int i = 0; i < side * side; ++i) {
      const auto index = static_cast<std::size_t>(i);
      if (!part.wrong.empty() && part.wrong[index]) mark(cell_rect(part, i));
      const Colour colour = part.grid.cells()[index];
      if (style_.digits && colour != 0) draw_digit(cell_rect(part, i), colour);
    }
  }

  void draw(const TextPart& text) {
    const cv::Point base(text.col * style_.cell, text.row * style_.cell + style_.cell * 3 / 5);
    cv::putText(pixels_, text.text, base, font_of(text.style), text_scale(style_.cell),
                bgr(text_colour(text.style)), 1, cv::LINE_AA);
  }

  void draw(const ArrowPart& arrow) {
    const int half = style_.cell / 2;
    const int y = arrow.row * style_.cell + half;
    const cv::Point begin(arrow.col * style_.cell + half, y);
    const cv::Point end((arrow.col + 2) * style_.cell - half, y);
    cv::arrowedLine(pixels_, begin, end, bgr(kArrow), 2, cv::LINE_AA, 0, 0.35);
  }

  Png encode() const {
    std::vector<unsigned char> bytes;
    cv::imencode(".png", pixels_, bytes);
    return {std::string(bytes.begin(), bytes.end()), pixels_.rows, pixels_.cols};
  }

 private:
  cv::Rect cell_rect(const GridPart& part, int index) const {
    const int side = part.grid.side();
    return {(part.col + index % side) * style_.cell, (part.row + index / side) * style_.cell,
            style_.cell, style_.cell};
  }

  void draw_digit(const cv::Rect& place, Colour colour) {
    const cv::Point base(place.x + place.width * 3 / 10, place.y + place.height * 4 / 5);
    cv::putText(pixels_, std::to_string(colour), base, cv::FONT_HERSHEY_SIMPLEX,
                text_scale(place.width) * 0.9, bgr(ink_on(kPalette.at(colour))), 1, cv::LINE_AA);
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
  for (const TextPart& text : scene.texts) canvas.draw(text);
  return canvas.encode();
}

}  // namespace recombine
