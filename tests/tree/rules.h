#pragma once
// Which folder may include what: the table of docs/ARCHITECTURE.md as functions.

#include <string>
#include <string_view>
#include <vector>

#include "tests/tree/sources.h"

namespace recombine::tree {

/// Whether the file at `path` may have an include of the project's header `header`.
bool may_include(std::string_view path, std::string_view header);

/// Whether the file at `path` may have an include of <header> of a library or of the system.
bool may_include_library(std::string_view path, std::string_view header);

/// Every include against the rules, and every quoted one that is no file of the tree:
/// "data/a.cc:3: may not include \"eval/b.h\"".
std::vector<std::string> layering_violations(const Files& sources);

/// The files of one circle of quoted includes, in order; empty where there is none.
std::vector<std::string> include_cycle(const Files& sources);

/// Lines that name a place on the machine where the tree was written.
std::vector<std::string> foreign_paths(const Files& files);

}  // namespace recombine::tree
