#pragma once
// The published rules for reading a grid out of an answer. Where they differ from what the
// published programs do with all answers together: docs/LLM.md, "Two readings".

#include <optional>
#include <string>
#include <string_view>

#include "data/grid.h"

namespace recombine {

/// What the published reader makes of an answer. It looks at no cell's value: a valid answer may
/// have no grid here, and then it is wrong.
struct StrictReading {
  bool valid = false;
  std::optional<Grid> grid;
  std::string reason;  ///< why it is not valid, or has no grid
};

/// In lower case there must be the word "output"; code fences are removed; of what follows the
/// first "output", the first bracket and all up to its partner must be a literal, a list of `side`
/// lists of `side` elements. (Compositional-ARC, arXiv 2504.01445; as its evaluation reads
/// answers.)
StrictReading read_strictly(std::string_view text, int side);

}  // namespace recombine
