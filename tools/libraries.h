#pragma once
// The libraries that a program was built with, and runs with.

#include <string>
#include <vector>

namespace recombine {

struct Library {
  std::string name;
  std::string version;  ///< of what runs; of a library of headers, of what was compiled
};

/// Compiler and C library first.
std::vector<Library> used_libraries();

}  // namespace recombine
