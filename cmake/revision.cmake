# Writes OUT, a source that names the commit of SOURCE, where it would change: at configure time, and by
# a target of every build, so that no program names the commit of an older one.

execute_process(COMMAND git describe --always --dirty --exclude=* --abbrev=12 WORKING_DIRECTORY ${SOURCE}
                OUTPUT_VARIABLE revision OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT revision)
  set(revision unknown)
endif()
file(CONFIGURE OUTPUT ${OUT} @ONLY CONTENT [[
#include "data/version.h"

std::string recombine::git_revision() { return "@revision@"; }
]])
