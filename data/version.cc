#include "data/version.h"

namespace recombine {

std::string version_text() { return RECOMBINE_VERSION; }
std::string build_type() { return RECOMBINE_BUILD_TYPE; }

}  // namespace recombine
