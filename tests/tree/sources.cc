#include "tests/tree/sources.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

namespace recombine::tree {
namespace {

namespace fs = std::filesystem;

bool is_made_by_runs(const fs::path& name) {
  static constexpr std::array<std::string_view, 6> kNames = {"build",  "out",         ".git",
                                                             ".cache", "__pycache__", "shared"};
  return std::ranges::find(kNames, name.string()) != kNames.end();
}

}  // namespace

Files read_tree(const fs::path& root) {
  Files files;
  for (auto entry = fs::recursive_directory_iterator(root);
       entry != fs::recursive_directory_iterator(); ++entry) {
    if (is_made_by_runs(entry->path().filename())) {
      if (entry->is_directory()) entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file()) continue;
    std::ifstream in(entry->path(), std::ios::binary);
    files[fs::relative(entry->path(), root).generic_string()] =
        std::string(std::istreambuf_iterator<char>(in), {});
  }
  return files;
}

Files sources_of(const Files& files) {
  Files sources;
  for (const auto& [path, text] : files) {
    const std::string suffix = fs::path(path).extension().string();
    if (suffix == ".h" || suffix == ".cc" || suffix == ".cu" || suffix == ".cuh") {
      sources[path] = text;
    }
  }
  return sources;
}

std::vector<Include> includes_of(std::string_view text) {
  static const std::regex kInclude(R"(^\s*#\s*include\s*(["<])([^">]+)[">].*)");
  std::vector<Include> includes;
  std::istringstream lines{std::string(text)};
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    std::smatch match;
    if (std::regex_match(line, match, kInclude)) {
      includes.push_back({number, match[1] == "<", match[2]});
    }
  }
  return includes;
}

int count_lines(std::string_view text) {
  const auto ends = std::ranges::count(text, '\n');
  return static_cast<int>(ends) + (text.empty() || text.back() == '\n' ? 0 : 1);
}

}  // namespace recombine::tree
