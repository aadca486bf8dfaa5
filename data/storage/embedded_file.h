#pragma once
// Files of the tree that a program has in itself: cmake/embed.cmake makes constants of them.

#include <string_view>

namespace recombine {

/// A file as it was when the program was built.
struct EmbeddedFile {
  std::string_view folder = {};  ///< below that of all of them: "v1"; "" for that folder itself
  std::string_view name = {};    ///< "depth-6.ini"
  std::string_view text = {};
};

}  // namespace recombine
