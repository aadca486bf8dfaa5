#pragma once
// Which build of the tool made a file.

#include <string>

namespace recombine {

std::string version_text();  ///< "0.1.0"
std::string git_revision();  ///< short hash of the commit it was built from; "unknown" without git
std::string build_type();    ///< "Release"

}  // namespace recombine
