#pragma once
// Curves over steps, and bars, as pictures.

#include <span>
#include <string>
#include <vector>

#include "eval/drawing/curves.h"
#include "eval/drawing/scene.h"

namespace recombine {

/// Pixels of a cell of charts, of which a line of text is 1.3 high.
inline constexpr int kChartCell = 10;

/// In cells.
struct ChartSize {
  int rows = 54;
  int cols = 90;
};
/// As wide as a phone can show with letters that can be read.
inline constexpr ChartSize kSmallChart = {34, 48};

/// Figures over steps, a line a curve with its name in a legend, and a band where it has a spread;
/// steps on a logarithmic axis where `log_steps`. The upright axis is in per cent, 0 to 100; where
/// a value is over 1, in plain numbers from 0 to a round one that is no smaller than any. Requires
/// at least one curve with a point.
/// Of `size` without the legend.
Scene curves_scene(std::span<const Curve> curves,
                   const std::string& title,
                   bool log_steps,
                   ChartSize size = {});
Png chart_png(std::span<const Curve> curves, const std::string& title, bool log_steps);

/// A share 0..1 with a name.
struct Bar {
  std::string name;
  double share = 0;
};
/// A line a bar, with its share in per cent.
Scene bars_scene(std::span<const Bar> bars, const std::string& title);

}  // namespace recombine
