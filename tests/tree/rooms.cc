#include "tests/tree/rooms.h"

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>
#include <sstream>
#include <utility>

#include "data/error.h"

namespace recombine::tree {
namespace {

using Text = std::string_view;
using Arrow = std::pair<std::string, std::string>;  ///< who includes, what is included

std::string folder_of(const std::string& path) {
  return std::filesystem::path(path).parent_path().generic_string();
}

bool is_below(Text path, Text folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

bool is_registry(const std::string& path) {
  return std::filesystem::path(path).stem() == "registry";
}

/// Includes from folder to folder.
std::vector<Arrow> arrows_of(const Files& sources) {
  std::vector<Arrow> arrows;
  for (const auto& [path, text] : sources) {
    if (path.starts_with("tests/")) continue;
    for (const Include& include : includes_of(text)) {
      if (include.angled || folder_of(path) == folder_of(include.name)) continue;
      if (!folder_of(include.name).empty()) arrows.emplace_back(path, include.name);
    }
  }
  return arrows;
}

/// Every folder that an arrow begins or ends in, and those above it.
std::set<std::string> folders_of(const std::vector<Arrow>& arrows) {
  std::set<std::string> folders;
  const auto add = [&](const std::string& path) {
    for (std::string folder = folder_of(path); !folder.empty(); folder = folder_of(folder))
      folders.insert(folder);
  };
  for (const auto& [from, to] : arrows) {
    add(from);
    add(to);
  }
  return folders;
}

/// The first arrow from `one` to `other`; null where there is none.
const Arrow* find_arrow(const std::vector<Arrow>& arrows,
                        const std::string& one,
                        const std::string& other) {
  const auto is_of = [](const std::string& path, const std::string& folder,
                        const std::string& against) {
    return is_below(against, folder) ? folder_of(path) == folder : is_below(path, folder);
  };
  const auto found = std::ranges::find_if(arrows, [&](const Arrow& arrow) {
    if (is_below(other, one) && is_registry(arrow.first)) return false;
    return is_of(arrow.first, one, other) && is_of(arrow.second, other, one);
  });
  return found == arrows.end() ? nullptr : &*found;
}

/// Calls use(number, line) for each line of a text, from 1.
template <class Use>
void for_each_line(const std::string& text, const Use& use) {
  std::istringstream lines(text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) use(number, line);
}

/// Characters, not bytes.
int columns_of(Text line) {
  const auto starts = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; };
  return static_cast<int>(std::ranges::count_if(line, starts));
}

/// The types that a source defines outside of unnamed namespaces, with their namespace. Sources are
/// as clang-format leaves them: what stands in a namespace begins its line.
std::set<std::string> types_of(const std::string& text) {
  static const std::regex kNamespace(R"(^namespace ([\w:]+ )?\{.*)");
  static const std::regex kType(
      R"(^(?:template <[^;]*> )?(?:class|struct|union|enum|enum class) (\w+)(?: final)?(?: :[^:;].*)?(?: \{.*)?$)");
  std::set<std::string> types;
  std::vector<std::string> open;
  for_each_line(text, [&](int, const std::string& line) {
    std::smatch match;
    if (std::regex_match(line, match, kNamespace)) {
      open.push_back(match[1]);
    } else if (line.starts_with("}  // namespace")) {
      if (!open.empty()) open.pop_back();
    } else if (std::regex_match(line, match, kType) && std::ranges::count(open, "") == 0) {
      std::string name;
      for (const std::string& space : open) name += space.substr(0, space.size() - 1) + "::";
      types.insert(name + match[1].str());
    }
  });
  return types;
}

}  // namespace

std::vector<std::string> two_way_pairs(const Files& sources) {
  const std::vector<Arrow> arrows = arrows_of(sources);
  const std::set<std::string> folders = folders_of(arrows);
  std::vector<std::string> pairs;
  for (auto one = folders.begin(); one != folders.end(); ++one) {
    for (auto other = std::next(one); other != folders.end(); ++other) {
      const Arrow* there = find_arrow(arrows, *one, *other);
      const Arrow* back = find_arrow(arrows, *other, *one);
      if (there != nullptr && back != nullptr)
        pairs.push_back(cat(there->first, " <-> ", back->first));
    }
  }
  return pairs;
}

std::vector<std::string> heaps(const Files& sources, int most) {
  std::map<std::string, int> counts;
  for (const auto& [path, text] : sources) {
    if (!path.starts_with("tests/")) ++counts[folder_of(path)];
  }
  std::vector<std::string> found;
  for (const auto& [folder, count] : counts) {
    if (count > most) found.push_back(cat(folder, ": ", count));
  }
  return found;
}

std::vector<std::string> types_defined_twice(const Files& sources) {
  std::map<std::string, std::vector<std::string>> definers;
  for (const auto& [path, text] : sources) {
    if (path.starts_with("tests/")) continue;
    for (const std::string& type : types_of(text)) definers[type].push_back(path);
  }
  std::vector<std::string> found;
  for (const auto& [type, paths] : definers) {
    if (paths.size() < 2) continue;
    std::string line = type + ":";
    for (const std::string& path : paths) line += cat(path == paths.front() ? " " : ", ", path);
    found.push_back(line);
  }
  return found;
}

std::vector<std::string> wide_prose(const Files& files, int columns) {
  static const std::regex kWhole(R"(^\s*[-*]?\s*(!?\[[^\]]*\]\([^)]*\)|<?https?:\S+)[.,;]?$)");
  std::vector<std::string> found;
  for (const auto& [path, text] : files) {
    if (!path.ends_with(".md")) continue;
    bool code = false;
    for_each_line(text, [&, &path = path](int number, const std::string& line) {
      const bool fence = line.find("```") != std::string::npos;
      if (fence) code = !code;
      if (fence || code || line.starts_with("|") || columns_of(line) <= columns) return;
      if (!std::regex_match(line, kWhole))
        found.push_back(cat(path, ":", number, ": ", columns_of(line)));
    });
  }
  return found;
}

}  // namespace recombine::tree
