#pragma once
// How right one predicted grid is (Compositional-ARC, metrics per grid).

#include <array>
#include <set>
#include <string>

#include "data/grid.h"

namespace recombine {

/// Three answers to "is it right?", each for one grid. All false for a grid that was not answered.
struct GridScore {
  bool exact = false;   ///< all cells equal
  bool colour = false;  ///< the same set of colours, wherever they are and however often
  bool shape = false;   ///< the same set of shapes, wherever they are and however often

  friend bool operator==(const GridScore&, const GridScore&) = default;
};

/// Which colours 1..9 a grid has.
std::array<bool, kColours> colours_of(const Grid& grid);

/// The canonical strings of the 8-connected components of the coloured cells, whatever their
/// colours: row and column of every cell from the component's top left corner, sorted.
std::set<std::string> shapes_of(const Grid& grid);

/// A grid of another side than `truth` is never exact; its colours and shapes count as they are.
GridScore score_grid(const Grid& predicted, const Grid& truth);

}  // namespace recombine
