#pragma once
// Objects that no rule moves, told by the pictures alone: all of them have one colour, which is in
// every input of an episode and stays where it is.

#include <span>
#include <vector>

#include "data/episode.h"

namespace recombine {

/// The colours that bystanders may have: of cells in every input, beside other cells, that all
/// outputs keep. Ascending; none where there are no examples.
std::vector<Colour> possible_bystanders(std::span<const Example> examples);

/// The colour of an episode's bystanders: one that all its study pairs, shown or not, and its
/// queries keep, and that its grammar does not have. 0 where there are none.
Colour bystander_colour(const Episode& episode);

/// The connected pieces of a colour.
int pieces_of_colour(const Grid& grid, Colour colour);

/// The grid without its cells of the colour; the grid itself for colour 0.
Grid without_colour(const Grid& grid, Colour colour);
/// Paints the cells that `from` has of the colour. Nothing for colour 0.
void add_colour(Grid& grid, const Grid& from, Colour colour);

/// The example without the cells that its input has of the colour, and its output in the same
/// places.
Example without_bystanders(const Example& example, Colour colour);
/// The same of all examples of an episode.
Episode without_bystanders(const Episode& episode, Colour colour);

}  // namespace recombine
