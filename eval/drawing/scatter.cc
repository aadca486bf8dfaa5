#include "eval/drawing/scatter.h"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "eval/drawing/raster.h"

namespace recombine {
namespace {

// Pixels.
constexpr int kPlane = 560;
constexpr int kDotMargin = 20;
constexpr int kDotTitle = 44;
constexpr int kDotLegend = 300;
constexpr int kLine = 22;
constexpr int kSize = 4;  ///< half the width of a point

constexpr Rgb kDotText = {40, 40, 40};

struct Range {
  double low, high;

  double place(double value) const { return high > low ? (value - low) / (high - low) : 0.5; }
};

Range range_of(std::span<const PointCloud> clouds, bool first) {
  Range range{INFINITY, -INFINITY};
  for (const PointCloud& cloud : clouds) {
    for (const auto& [x, y] : cloud.points) {
      range.low = std::min(range.low, first ? x : y);
      range.high = std::max(range.high, first ? x : y);
    }
  }
  return range;
}

void draw_point(cv::Mat& image, cv::Point at, const PointCloud& cloud) {
  const cv::Scalar ink = bgr(ink_of(static_cast<std::size_t>(cloud.colour)));
  if (cloud.form == 0) {
    cv::circle(image, at, kSize, ink, cv::FILLED, cv::LINE_AA);
  } else if (cloud.form == 1) {
    cv::rectangle(image, at - cv::Point(kSize, kSize), at + cv::Point(kSize, kSize), ink,
                  cv::FILLED);
  } else {
    const int far = kSize + 1;
    const std::vector<cv::Point> corners = {at + cv::Point(0, -far), at + cv::Point(far, 0),
                                            at + cv::Point(0, far), at + cv::Point(-far, 0)};
    cv::fillConvexPoly(image, corners, ink, cv::LINE_AA);
  }
}

}  // namespace

Png scatter_png(std::span<const PointCloud> clouds, const std::string& title) {
  const int legend = kDotTitle + kLine * static_cast<int>(clouds.size()) + kDotMargin;
  const int height = std::max(kDotTitle + kPlane + kDotMargin, legend);
  const int width = kDotMargin + kPlane + kDotLegend;
  cv::Mat image = white_paper(height, width);
  write_text(image, title, {kDotMargin, 28}, 0.5, kDotText);
  cv::rectangle(image, {kDotMargin, kDotTitle}, {kDotMargin + kPlane, kDotTitle + kPlane},
                cv::Scalar::all(210));
  const Range across = range_of(clouds, true);
  const Range up = range_of(clouds, false);
  constexpr double kInner = kPlane - 4 * kSize;
  int line = kDotTitle + kLine / 2;
  for (const PointCloud& cloud : clouds) {
    for (const auto& [x, y] : cloud.points) {
      const int col = static_cast<int>(std::lround(kInner * across.place(x)));
      const int row = static_cast<int>(std::lround(kInner * (1 - up.place(y))));
      draw_point(image, {kDotMargin + 2 * kSize + col, kDotTitle + 2 * kSize + row}, cloud);
    }
    const int left = kDotMargin + kPlane + 2 * kDotMargin;
    draw_point(image, {left, line}, cloud);
    write_text(image, cloud.name, {left + 14, line + 5}, 0.42, kDotText);
    line += kLine;
  }
  return encode_png(image);
}

}  // namespace recombine
