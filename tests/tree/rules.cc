#include "tests/tree/rules.h"

#include <algorithm>
#include <regex>
#include <set>
#include <span>
#include <sstream>

#include "data/error.h"

namespace recombine::tree {
namespace {

using Text = std::string_view;

struct FolderRule {
  Text folder;
  std::vector<Text> may_include;  ///< beginnings of headers' paths
};

// The first rule whose folder begins the path holds.
const std::vector<FolderRule>& folder_rules() {
  static const std::vector<FolderRule> kRules = {
      {"data/", {"data/"}},
      {"generator/grids/",
       {"data/", "generator/grids/", "generator/writer/", "generator/family.h"}},
      {"generator/facts/",
       {"data/", "generator/facts/", "generator/writer/", "generator/family.h"}},
      {"generator/", {"data/", "generator/"}},
      {"eval/", {"data/", "generator/", "eval/"}},
      {"consumer/", {"data/", "generator/"}},  // tests/consumer, which stands for strangers
      {"fuzz/", {"data/", "generator/", "eval/", "tools/"}},    // tests/fuzz, every parser
      {"faults/", {"data/", "generator/", "eval/", "tools/"}},  // tests/faults, disks that fail
      {"python/", {"data/", "generator/", "eval/", "tools/options.h", "python/"}},
      {"models/", {"data/", "models/"}},
      {"meta/", {"data/", "generator/", "eval/", "models/", "meta/"}},
      {"tools/torch/", {"data/", "generator/", "eval/", "models/", "meta/", "tools/"}},
      {"tools/",
       {"data/", "generator/", "eval/", "models/config.h", "models/names.h",
        "models/refine_config.h", "meta/config.h", "meta/batch_source_names.h", "tools/"}},
  };
  return kRules;
}

struct LibraryRule {
  Text header;              ///< beginning of the header's path
  std::vector<Text> users;  ///< beginnings of the paths of files that may include it
};

const std::vector<LibraryRule>& library_rules() {
  static const std::vector<LibraryRule> kRules = {
      {"boost/program_options", {"tools/"}},
      {"boost/version.hpp", {"tools/"}},
      {"boost/crc.hpp", {"data/storage/event_file.cc"}},
      {"boost/math", {"eval/"}},
      {"nlohmann/", {""}},
      {"cereal/version.hpp", {"tools/libraries.cc"}},
      {"cereal/", {"data/storage/codec"}},
      {"openssl/", {"data/storage/hash.cc", "eval/llm/base64.cc", "tools/libraries.cc"}},
      {"xxhash.h", {"data/storage/hash.cc", "tools/libraries.cc"}},
      {"zstd.h", {"data/", "tests/data/", "tools/libraries.cc"}},
      {"zstd_errors.h", {"data/"}},
      {"zlib.h", {"data/storage/byte_source.cc", "tools/libraries.cc", "tests/data/"}},
      {"simdjson.h", {"data/fast_json.cc", "data/formats/carc/carc_fast.cc", "tools/libraries.cc"}},
      {"Random123/", {"data/random"}},
      {"tbb/", {"data/reading/in_order.cc", "generator/"}},
      {"oneapi/tbb/version.h", {"tools/libraries.cc"}},
      {"oneapi/tbb", {"generator/"}},
      {"opencv2/", {"eval/drawing", "tests/eval/"}},
      {"png.h", {"eval/drawing/raster.cc", "tests/eval/drawing/pixels.h"}},
      {"ft2build.h", {"eval/drawing/font.cc"}},
      {"torch/", {"models/", "meta/", "tools/torch/", "tests/models/", "tests/meta/"}},
      {"ATen/", {"models/", "meta/", "tools/torch/", "tests/models/", "tests/meta/"}},
      {"c10/", {"models/", "meta/", "tools/torch/", "tests/models/", "tests/meta/"}},
      {"cuda", {"models/device/cuda.cc", "models/device/nccl.cc"}},
      {"nanobind/", {"python/"}},
      {"gtest/", {"tests/"}},
      {"gmock/", {"tests/"}},
      // The system's own: POSIX, and what <c...> headers are to C.
      {"gnu/", {""}},
      {"sys/", {""}},
      {"unistd.h", {""}},
      {"fcntl.h", {""}},
      {"netdb.h", {""}},
      {"dlfcn.h", {""}},
      {"malloc.h", {""}},
      {"signal.h", {""}},
      {"time.h", {""}},
      {"sched.h", {""}},
      {"pthread.h", {""}},
      {"spawn.h", {""}},
  };
  return kRules;
}

bool begins_with_any(Text path, std::span<const Text> beginnings) {
  return std::ranges::any_of(beginnings, [&](Text begin) { return path.starts_with(begin); });
}

/// A test may include what the library that it tests may, and that library.
Text tested_path(Text path) {
  constexpr Text kTests = "tests/";
  if (!path.starts_with(kTests)) return path;
  path.remove_prefix(kTests.size());
  return path.substr(0, path.find('/') + 1);
}

bool is_standard_header(Text header) { return header.find_first_of("./") == Text::npos; }

/// What is wrong with an include; empty where nothing is.
std::string violation(const Files& sources, Text path, const Include& include) {
  const std::string& name = include.name;
  if (include.angled) {
    return may_include_library(path, name) ? "" : cat("may not include <", name, ">");
  }
  if (!sources.contains(name)) return cat("no file \"", name, "\" from the tree's root");
  return may_include(path, name) ? "" : cat("may not include \"", name, "\"");
}

using Walk = std::vector<std::string>;

/// Depth first from walk.back(); true where the walk came back to a file on it.
bool find_cycle(const Files& sources, Walk& walk, std::set<std::string>& done) {
  const std::string path = walk.back();
  for (const Include& include : includes_of(sources.at(path))) {
    if (include.angled || !sources.contains(include.name) || done.contains(include.name)) continue;
    const auto seen = std::ranges::find(walk, include.name);
    const bool closed = seen != walk.end();
    if (closed) walk.erase(walk.begin(), seen);
    walk.push_back(include.name);
    if (closed || find_cycle(sources, walk, done)) return true;
  }
  done.insert(path);
  walk.pop_back();
  return false;
}

}  // namespace

bool may_include(Text path, Text header) {
  if (path.starts_with("tests/") && header.starts_with("tests/")) return true;
  if (path.starts_with("tests/tree/")) return header.starts_with("data/");
  const Text folder = tested_path(path);
  for (const FolderRule& rule : folder_rules()) {
    if (folder.starts_with(rule.folder)) return begins_with_any(header, rule.may_include);
  }
  return false;
}

bool may_include_library(Text path, Text header) {
  if (is_standard_header(header)) return true;
  for (const LibraryRule& rule : library_rules()) {
    if (header.starts_with(rule.header)) return begins_with_any(path, rule.users);
  }
  return false;
}

std::vector<std::string> layering_violations(const Files& sources) {
  std::vector<std::string> violations;
  for (const auto& [path, text] : sources) {
    for (const Include& include : includes_of(text)) {
      const std::string wrong = violation(sources, path, include);
      if (!wrong.empty()) violations.push_back(cat(path, ":", include.line, ": ", wrong));
    }
  }
  return violations;
}

std::vector<std::string> include_cycle(const Files& sources) {
  std::set<std::string> done;
  for (const auto& [path, text] : sources) {
    Walk walk = {path};
    if (!done.contains(path) && find_cycle(sources, walk, done)) return walk;
  }
  return {};
}

std::vector<std::string> foreign_paths(const Files& files) {
  static const std::regex kForeign(R"((^|[^\w.}*/-])/(work|tmp|root|home)(/|\b).*)");
  std::vector<std::string> found;
  for (const auto& [path, text] : files) {
    std::istringstream lines(text);
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
      if (line.size() < 2000 && std::regex_search(line, kForeign)) {
        found.push_back(cat(path, ":", number, ": ", line));
      }
    }
  }
  return found;
}

}  // namespace recombine::tree
