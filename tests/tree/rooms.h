#pragma once
// How the tree is divided: folders that do not need each other, few sources in each, and a name for
// one thing.

#include <string>
#include <vector>

#include "tests/tree/sources.h"

namespace recombine::tree {

/// Pairs of folders of which each includes something of the other, at any depth, with a file of
/// either side: "eval/a/x.cc <-> eval/b/y.h". A folder stands for all below it, but against a
/// folder within it for its own files alone; there a file named registry.cc or registry.h may name
/// what is below. Tests are not looked at.
std::vector<std::string> two_way_pairs(const Files& sources);

/// Folders with more than `most` sources of their own, tests aside: "models: 97".
std::vector<std::string> heaps(const Files& sources, int most);

/// Types that two files define in one namespace, which one program must not have:
/// "recombine::Comparison: a.h, b.h". Types in unnamed namespaces are a file's own affair.
std::vector<std::string> types_defined_twice(const Files& sources);

/// Lines of prose in Markdown files that are wider than `columns` characters: "README.md:3: 118".
/// Tables, code, images and lines that are one link may be wider.
std::vector<std::string> wide_prose(const Files& files, int columns);

}  // namespace recombine::tree
