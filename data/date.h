#pragma once
// The day, for files that say when something was done.

#include <string>

namespace recombine {

/// "2025-01-31", in UTC.
std::string today();

}  // namespace recombine
