#pragma once
// The suites that the program has in itself, so that an installed one needs no file of the tree.

#include <span>
#include <string_view>

namespace recombine {

/// A file of a suite: of configs/suite when the program was built.
struct EmbeddedFile {
  std::string_view suite;  ///< "v1": the name of its folder
  std::string_view name;   ///< "depth-6.ini"
  std::string_view text;
};

/// All of them. (made by cmake/embed_suites.cmake)
std::span<const EmbeddedFile> embedded_suite_files();

}  // namespace recombine
