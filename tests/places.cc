#include "tests/places.h"

namespace recombine {

std::string source_folder() { return RECOMBINE_SOURCE_DIR; }
std::string build_folder() { return RECOMBINE_BINARY_DIR; }

}  // namespace recombine
