#include "eval/drawing/chart.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "data/error.h"
#include "eval/drawing/plot.h"
#include "eval/tables/table.h"

namespace recombine {
namespace {

// Cells.
constexpr int kTwoColumns = 60;  ///< from which on a legend has two
constexpr double kPlotLeft = 6.4;
constexpr double kPlotTop = 5;
constexpr int kBelowPlot = 7;
constexpr double kBarRows = 2.4;

struct Bounds {
  double first = std::numeric_limits<double>::infinity();
  double last = 1;
  double largest = 0;
};

Bounds bounds_of(std::span<const Curve> curves) {
  Bounds bounds;
  for (const Curve& curve : curves) {
    for (const auto& [step, value] : curve.points) {
      bounds.first = std::min(bounds.first, std::max(step, 1.0));
      bounds.last = std::max(bounds.last, step);
      if (std::isfinite(value)) bounds.largest = std::max(bounds.largest, value);
    }
    for (const auto& [low, high] : curve.spread) {
      if (std::isfinite(high)) bounds.largest = std::max(bounds.largest, high);
    }
  }
  return bounds;
}

}  // namespace

Scene curves_scene(std::span<const Curve> curves,
                   const std::string& title,
                   bool log_steps,
                   ChartSize size) {
  Scene scene;
  scene.cols = size.cols;
  scene.labels.push_back({{2.8, kPlotLeft}, title, kTextInk, Anchor::kStart, 1.6, true});
  const Bounds bounds = bounds_of(curves);
  const Axis across = step_axis(bounds.first, bounds.last, log_steps, size.cols / 10);
  const Axis up = figure_axis(bounds.largest, "");
  const double rows = size.rows - kPlotTop - kBelowPlot;
  Plot plot(scene, {kPlotTop, kPlotLeft, rows, size.cols - kPlotLeft - 2.4}, across, up);
  std::vector<LegendEntry> entries;
  for (std::size_t i = 0; i < curves.size(); ++i) {
    // Lines of one ink are told apart by their dashes.
    const int dash = static_cast<int>(i / 6);
    plot.band(curves[i].points, curves[i].spread, series_ink(i));
    plot.line(curves[i].points, series_ink(i), dash);
    entries.push_back({curves[i].name, series_ink(i), dash});
  }
  const int columns = size.cols < kTwoColumns ? 1 : 2;
  const double legend = size.rows - 1;
  scene.rows = size.rows + draw_legend(scene, {legend, kPlotLeft}, entries, columns);
  return scene;
}

Png chart_png(std::span<const Curve> curves, const std::string& title, bool log_steps) {
  return scene_png(curves_scene(curves, title, log_steps), {.cell = kChartCell});
}

Scene bars_scene(std::span<const Bar> bars, const std::string& title) {
  constexpr double kNames = 20;
  constexpr double kLength = 26;
  Scene scene;
  scene.cols = static_cast<int>(kNames + kLength) + 8;
  scene.rows = static_cast<int>(std::ceil(4 + kBarRows * static_cast<double>(bars.size())));
  scene.labels.push_back({{2.2, 1}, title, kTextInk, Anchor::kStart, 1.4, true});
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const double top = 3.6 + kBarRows * static_cast<double>(i);
    const double bottom = top + 0.7 * kBarRows;
    const auto box = [&](double to) {
      return std::vector<Spot>{
          {top, kNames}, {top, kNames + to}, {bottom, kNames + to}, {bottom, kNames}};
    };
    scene.areas.push_back({box(kLength), kRuleInk, 0.5});
    scene.areas.push_back({box(kLength * std::clamp(bars[i].share, 0.0, 1.0)), series_ink(0)});
    scene.labels.push_back({{top + 1.3, kNames - 0.8}, bars[i].name, kTextInk, Anchor::kEnd});
    scene.labels.push_back({{top + 1.3, kNames + kLength + 0.8}, percent(bars[i].share) + " %"});
  }
  return scene;
}

}  // namespace recombine
