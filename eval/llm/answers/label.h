#pragma once
// What an answer calls the grids that it holds.

#include <cstdint>
#include <string_view>

namespace recombine {

enum class Label : std::uint8_t {
  kPlain,     ///< nothing is said
  kAnswer,    ///< "output:", "the final grid is", "\boxed{"
  kRestated,  ///< "example output 3:", "Final input:": a grid of the question
};

/// What `before`, the text up to a grid from the last one on, says that it is.
Label label_of(std::string_view before);

/// Whether a text takes back what stands before it: "wait", "correction", "sorry".
bool takes_back(std::string_view text);

}  // namespace recombine
