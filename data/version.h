#pragma once
// Which build of the tool made a file.

#include <string>

namespace recombine {

std::string version_text();  ///< "0.2.0"
/// Short hash of the commit it was built from, with "-dirty" where sources were changed since;
/// "unknown" without git. (Its source is made by cmake/revision.cmake.)
std::string git_revision();
std::string build_type();  ///< "Release"

}  // namespace recombine
