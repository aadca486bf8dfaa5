#include "eval/drawing/strokes_raster.h"

#include <algorithm>
#include <cmath>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "eval/drawing/raster.h"

namespace recombine {
namespace {

constexpr int kFineShift = 4;  ///< binary places of a pixel

class StrokePainter {
 public:
  StrokePainter(cv::Mat& image, const DrawingStyle& style) : image_(image), style_(style) {}

  void draw(const AreaPart& area) {
    const std::vector<cv::Point> outline = fine(area.outline);
    if (area.opacity >= 1) {
      cv::fillPoly(image_, std::vector{outline}, bgr(area.ink.rgb), cv::LINE_AA, kFineShift);
      return;
    }
    cv::Mat above = image_.clone();
    cv::fillPoly(above, std::vector{outline}, bgr(area.ink.rgb), cv::LINE_AA, kFineShift);
    cv::addWeighted(above, area.opacity, image_, 1 - area.opacity, 0, image_);
  }

  void draw(const StrokePart& stroke) {
    const int thick = std::max(1, static_cast<int>(std::lround(stroke.width * style_.cell)));
    const auto& dashes = dash_pattern(stroke.dash);
    if (dashes.empty()) {
      line(stroke.path, stroke.ink, thick);
      return;
    }
    for (const auto& piece : pieces(stroke.path, dashes, std::max(stroke.width, 0.1)))
      line(piece, stroke.ink, thick);
  }

  void draw(const DotPart& dot) {
    const double size = dot.radius * (dot.form == DotForm::kDiamond ? 1.3 : 1);
    const auto& [row, col] = dot.at;
    if (dot.form == DotForm::kDisc) {
      const double pixels = size * style_.cell * (1 << kFineShift);
      cv::circle(image_, fine(dot.at), static_cast<int>(std::lround(pixels)), bgr(dot.ink.rgb),
                 cv::FILLED, cv::LINE_AA, kFineShift);
      return;
    }
    const std::vector<Spot> corners =
        dot.form == DotForm::kSquare
            ? std::vector<Spot>{{row - size, col - size},
                                {row - size, col + size},
                                {row + size, col + size},
                                {row + size, col - size}}
            : std::vector<Spot>{
                  {row - size, col}, {row, col + size}, {row + size, col}, {row, col - size}};
    cv::fillConvexPoly(image_, fine(corners), bgr(dot.ink.rgb), cv::LINE_AA, kFineShift);
  }

  void draw(const LabelPart& label) {
    const LetterStyle letters{label.size * style_.cell, label.bold, style_.stroke_letters};
    const int width = text_extent(label.text, letters).width;
    const int left = label.anchor == Anchor::kMiddle ? width / 2
                     : label.anchor == Anchor::kEnd  ? width
                                                     : 0;
    const cv::Point base(static_cast<int>(std::lround(label.at.col * style_.cell)) - left,
                         static_cast<int>(std::lround(label.at.row * style_.cell)));
    write_letters(image_, label.text, base, letters, label.ink.rgb);
  }

 private:
  cv::Point fine(const Spot& spot) const {
    const double scale = style_.cell * (1 << kFineShift);
    return {static_cast<int>(std::lround(spot.col * scale)),
            static_cast<int>(std::lround(spot.row * scale))};
  }

  std::vector<cv::Point> fine(const std::vector<Spot>& spots) const {
    std::vector<cv::Point> points;
    points.reserve(spots.size());
    for (const Spot& spot : spots) points.push_back(fine(spot));
    return points;
  }

  void line(const std::vector<Spot>& path, const Ink& ink, int thick) {
    cv::polylines(image_, fine(path), false, bgr(ink.rgb), thick, cv::LINE_AA, kFineShift);
  }

  /// A path cut at its dashes, of which `unit` is one.
  static std::vector<std::vector<Spot>> pieces(const std::vector<Spot>& path,
                                               const std::vector<double>& dashes,
                                               double unit) {
    std::vector<std::vector<Spot>> all;
    std::size_t dash = 0;
    double left = dashes[0] * unit;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
      const double rows = path[i + 1].row - path[i].row;
      const double cols = path[i + 1].col - path[i].col;
      const double length = std::hypot(rows, cols);
      for (double done = 0; done < length;) {
        const double piece = std::min(left, length - done);
        const auto spot = [&](double at) {
          return Spot{path[i].row + rows * at / length, path[i].col + cols * at / length};
        };
        if (dash % 2 == 0) all.push_back({spot(done), spot(done + piece)});
        done += piece;
        left -= piece;
        if (left <= 1e-9) left = dashes[++dash % dashes.size()] * unit;
      }
    }
    return all;
  }

  cv::Mat& image_;
  const DrawingStyle& style_;
};

}  // namespace

void draw_strokes(cv::Mat& image, const Scene& scene, const DrawingStyle& style) {
  StrokePainter painter(image, style);
  for (const AreaPart& area : scene.areas) painter.draw(area);
  for (const StrokePart& stroke : scene.strokes) painter.draw(stroke);
  for (const DotPart& dot : scene.dots) painter.draw(dot);
  for (const LabelPart& label : scene.labels) painter.draw(label);
}

}  // namespace recombine
