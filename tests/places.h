#pragma once
// Where tests find the tree and the build. In one source alone, so that the others compile to the
// same bytes wherever the tree lies.

#include <string>

namespace recombine {

std::string source_folder();
std::string build_folder();

}  // namespace recombine
