#pragma once
// Axes, and what stands between them.

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "eval/drawing/scene.h"

namespace recombine {

/// Figures along a side of a plot.
struct Axis {
  double low = 0;
  double high = 1;
  std::vector<std::pair<double, std::string>> ticks;  ///< a figure, and what stands there
  std::string title;
  bool logarithmic = false;  ///< needs `low` over 0

  /// Where a figure stands, 0..1 from `low` to `high`; those beyond are moved to an end.
  double part(double figure) const;
};

/// From 0 to 1, in per cent.
Axis share_axis(std::string title);
/// From 0 to a round figure that is no smaller than `largest`, or to 1 as shares are.
Axis figure_axis(double largest, std::string title);
/// From 0 (or from `first` where `logarithmic`) to `last`: steps, with `most` ticks beside 0
/// where it is not logarithmic.
Axis step_axis(double first, double last, bool logarithmic, int most = 8);

/// The room of a plot within a scene, in cells.
struct PlotRoom {
  double row = 0;
  double col = 0;
  double rows = 0;
  double cols = 0;
};

/// A plot that is being put into a scene. Keeps references to all that it is given.
class Plot {
 public:
  /// Draws the axes: lines and ticks around and across the room, their titles outside.
  Plot(Scene& scene, const PlotRoom& room, const Axis& across, const Axis& up);

  Spot at(double x, double y) const;
  using Points = std::vector<std::pair<double, double>>;
  /// Lines through points, with a dot on each where there are few.
  void line(const Points& points, Ink ink, int dash = 0);
  /// The area between two figures at each of the points' places.
  void band(const Points& points, const Points& low_high, Ink ink);
  void dots(const Points& points, Ink ink, DotForm form, double radius = 0.4);

 private:
  Scene& scene_;
  PlotRoom room_;
  const Axis& across_;
  const Axis& up_;
};

struct LegendEntry {
  std::string name;
  Ink ink;
  int dash = 0;
};
/// Names with their inks, `columns` in a row, from a place on; returns how many rows they take.
int draw_legend(Scene& scene, Spot at, std::span<const LegendEntry> entries, int columns);

}  // namespace recombine
