#pragma once
// Grids as the lists of lists of integers that most formats share.

#include <string>

#include "data/episode.h"
#include "data/json.h"

namespace recombine {

/// Appends "[[0, 1], [2, 0]]", spaced as Python's json.dumps does.
void append_grid(std::string& text, const Grid& grid);

/// Appends "[input, output]".
void append_pair(std::string& text, const Grid& input, const Grid& output);

/// Reads a list of `side` lists of `side` integers 0..9. Throws DataError for anything else.
Grid grid_from_json(const Json& json);

/// Throws DataError unless all grids of the episode have the same side; outputs that a question
/// alone lacks have none.
void require_one_side(const Episode& episode);

}  // namespace recombine
