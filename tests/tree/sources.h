#pragma once
// The files of the tree as text, for the tests that read it.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace recombine::tree {

/// Path from the root of the tree ("data/grid.h") -> contents.
using Files = std::map<std::string, std::string>;

/// Every file of the project under `root`: what git has or would take; where git knows nothing of
/// the folder, all but what builds and runs leave there (build, out, .git).
Files read_tree(const std::filesystem::path& root);

/// Those with a C++ or CUDA suffix.
Files sources_of(const Files& files);

struct Include {
  int line = 0;
  bool angled = false;  ///< <name> rather than "name"
  std::string name;

  friend bool operator==(const Include&, const Include&) = default;
};

/// The #include lines of a source.
std::vector<Include> includes_of(std::string_view text);

int count_lines(std::string_view text);

}  // namespace recombine::tree
