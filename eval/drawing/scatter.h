#pragma once
// Points in a plane as a picture.

#include <span>
#include <string>
#include <vector>

#include "eval/drawing/scene.h"

namespace recombine {

/// A named set of points, drawn in one colour and form.
struct PointCloud {
  std::string name;
  int colour = 0;  ///< as of series_ink()
  int form = 0;    ///< 0 disc, 1 square, 2 diamond
  std::vector<std::pair<double, double>> points;
};

/// The clouds on one scale, with their names in a legend. Requires at least one point.
Scene scatter_scene(std::span<const PointCloud> clouds, const std::string& title);
Png scatter_png(std::span<const PointCloud> clouds, const std::string& title);

}  // namespace recombine
