#include "tests/tree/sources.h"

#include <algorithm>
#include <array>
#include <cstdio>
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

/// A word of a command of the shell.
std::string quoted(const std::string& text) {
  return "'" + std::regex_replace(text, std::regex("'"), R"('\'')") + "'";
}

/// Paths from `root`, as git lists them; none where there is no git, or it knows nothing of `root`.
std::vector<std::string> listed_by_git(const fs::path& root) {
  // A tree of another owner (a container's root) is as good.
  const std::string place = fs::canonical(root).string();
  const std::string command = "git -c safe.directory=" + quoted(place) + " -C " + quoted(place) +
                              " ls-files -z -co --exclude-standard 2>/dev/null";
  std::FILE* const pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return {};
  std::vector<std::string> names(1);
  for (int byte = std::fgetc(pipe); byte != EOF; byte = std::fgetc(pipe)) {
    if (byte == 0) {
      names.emplace_back();
    } else {
      names.back() += static_cast<char>(byte);
    }
  }
  names.pop_back();  // what follows the last end
  return ::pclose(pipe) == 0 ? names : std::vector<std::string>{};
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

Files read_tree(const fs::path& root) {
  Files files;
  for (const std::string& name : listed_by_git(root)) {
    // What is in the index may be removed from the disk.
    if (fs::is_regular_file(root / name)) files[name] = text_of(root / name);
  }
  if (!files.empty()) return files;
  for (auto entry = fs::recursive_directory_iterator(root);
       entry != fs::recursive_directory_iterator(); ++entry) {
    if (is_made_by_runs(entry->path().filename())) {
      if (entry->is_directory()) entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file()) continue;
    files[fs::relative(entry->path(), root).generic_string()] = text_of(entry->path());
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
