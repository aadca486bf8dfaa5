#pragma once
// Episodes turned, mirrored, recoloured and put into another order.

#include <algorithm>
#include <array>

#include "data/episode.h"

namespace recombine {

/// What an image of an episode may be.
struct Change {
  unsigned symmetry = 0;  ///< bits: rows flipped, columns flipped, rows and columns swapped
  std::array<Colour, 10> colours = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  bool reversed = false;  ///< study pairs and queries in the opposite order
};

/// Every colour the next one, 9 becomes 1.
inline constexpr std::array<Colour, 10> kNextColours = {0, 2, 3, 4, 5, 6, 7, 8, 9, 1};

inline Grid image_of(const Grid& grid, const Change& change) {
  Grid image(grid.side());
  const int last = grid.side() - 1;
  for (int row = 0; row <= last; ++row) {
    for (int col = 0; col <= last; ++col) {
      int to_row = (change.symmetry & 1U) != 0 ? last - row : row;
      int to_col = (change.symmetry & 2U) != 0 ? last - col : col;
      if ((change.symmetry & 4U) != 0) std::swap(to_row, to_col);
      image(to_row, to_col) = change.colours.at(grid(row, col));
    }
  }
  return image;
}

inline Example image_of(const Example& example, const Change& change) {
  return {example.roles, image_of(example.input, change), image_of(example.output, change)};
}

/// With the grammar and the id that the episode has.
inline Episode image_of(const Episode& episode, const Change& change) {
  Episode image = episode;
  for (Example& example : image.study) example = image_of(example, change);
  for (Example& example : image.queries) example = image_of(example, change);
  if (change.reversed) {
    std::ranges::reverse(image.study);
    std::ranges::reverse(image.queries);
  }
  return image;
}

}  // namespace recombine
