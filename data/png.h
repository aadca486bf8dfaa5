#pragma once
// A picture as a file.

#include <string>

namespace recombine {

struct Png {
  std::string bytes;  ///< the file
  int height = 0;     ///< in pixels
  int width = 0;
};

}  // namespace recombine
