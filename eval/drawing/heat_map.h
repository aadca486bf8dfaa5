#pragma once
// Tables of shares as pictures.

#include <span>
#include <string>
#include <vector>

#include "eval/drawing/scene.h"

namespace recombine {

/// Shares 0..1 by row and column; NaN leaves a cell empty.
struct HeatMap {
  std::string title;
  std::vector<std::string> rows;
  std::vector<std::string> columns;
  std::vector<std::vector<double>> shares;  ///< a vector a row
};

/// The maps below each other, darker for larger shares, with the numbers in their cells.
Scene heat_map_scene(std::span<const HeatMap> maps);
Png heat_map_png(std::span<const HeatMap> maps);

}  // namespace recombine
