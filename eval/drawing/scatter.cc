#include "eval/drawing/scatter.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "eval/drawing/chart.h"
#include "eval/drawing/plot.h"

namespace recombine {
namespace {

// Cells.
constexpr double kPlane = 56;
constexpr double kDotMargin = 2;
constexpr double kDotTitle = 4.4;
constexpr double kDotLegend = 30;
constexpr double kDotLine = 2.2;

/// From the least to the greatest of all points, with a little room at either end.
PlotAxis axis_of(std::span<const PointCloud> clouds, bool across) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  PlotAxis axis;
  axis.low = kInfinity;
  axis.high = -kInfinity;
  for (const PointCloud& cloud : clouds) {
    for (const auto& [x, y] : cloud.points) {
      axis.low = std::min(axis.low, across ? x : y);
      axis.high = std::max(axis.high, across ? x : y);
    }
  }
  const double room = 0.02 * (axis.high - axis.low);
  axis.low -= room;
  axis.high += room;
  return axis;
}

DotForm form_of(const PointCloud& cloud) {
  return cloud.form == 0 ? DotForm::kDisc : cloud.form == 1 ? DotForm::kSquare : DotForm::kDiamond;
}

}  // namespace

Scene scatter_scene(std::span<const PointCloud> clouds, const std::string& title) {
  Scene scene;
  const double legend = kDotTitle + kDotLine * static_cast<double>(clouds.size()) + kDotMargin;
  scene.rows = static_cast<int>(std::ceil(std::max(kDotTitle + kPlane + kDotMargin, legend)));
  scene.cols = static_cast<int>(kDotMargin + kPlane + kDotLegend);
  scene.labels.push_back({{2.8, kDotMargin}, title, kTextInk, Anchor::kStart, 1.4, true});
  const PlotAxis across = axis_of(clouds, true);
  const PlotAxis up = axis_of(clouds, false);
  Plot plot(scene, {kDotTitle, kDotMargin, kPlane, kPlane}, across, up);
  double row = kDotTitle + kDotLine / 2;
  const double left = kPlane + 3 * kDotMargin;
  for (const PointCloud& cloud : clouds) {
    const Ink ink = series_ink(static_cast<std::size_t>(cloud.colour));
    plot.dots(cloud.points, ink, form_of(cloud));
    scene.dots.push_back({{row, left}, 0.4, form_of(cloud), ink});
    scene.labels.push_back({{row + 0.5, left + 1.4}, cloud.name});
    row += kDotLine;
  }
  return scene;
}

Png scatter_png(std::span<const PointCloud> clouds, const std::string& title) {
  return scene_png(scatter_scene(clouds, title), {.cell = kChartCell});
}

}  // namespace recombine
