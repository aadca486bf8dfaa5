#include "tools/own_input.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json.h"
#include "data/storage/file.h"
#include "data/storage/manifest.h"
#include "data/storage/prediction.h"
#include "data/text.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, 2> kOutputs = {"out", "html"};
constexpr std::array<std::string_view, 7> kInputs = {"data",    "run",       "predictions", "in",
                                                     "prompts", "responses", "recipe"};

/// A path as messages name it, and where it is.
struct Place {
  std::string said;
  fs::path path;
  bool is_option = true;
};

fs::path absolute(const std::string& path) {
  std::error_code error;
  fs::path whole = fs::weakly_canonical(path, error);
  if (error) whole = fs::absolute(path, error);
  return whole.has_filename() ? whole : whole.parent_path();
}

/// What cannot be looked at the verb itself will tell of.
bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

/// Whether `inner` is `outer` or lies below it.
bool holds(const fs::path& outer, const fs::path& inner) {
  const auto [end, rest] = std::ranges::mismatch(outer, inner);
  return end == outer.end();
}

bool is_set_or_part(const fs::path& folder) {
  std::error_code error;
  return std::ranges::any_of(fs::directory_iterator(folder, error), [](const auto& entry) {
    const std::string name = entry.path().filename().string();
    return name == kManifestFile || name.starts_with("shard-");
  });
}

bool is_report(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error) || file.extension() != ".json") return false;
  const Json json = try_parse_json(read_file(file));
  const Json schema = json.is_object() ? json.value("schema", Json()) : Json();
  return schema.is_string() && schema.get<std::string>().starts_with("recombine.report");
}

/// Whether `output` is there and one of the things that are read of `input`: of a folder of sets or
/// of parts each, of a folder of reports each, of predictions what describes them.
bool is_read_of(const Place& input, const fs::path& output) {
  std::error_code error;
  if (fs::is_regular_file(input.path, error)) return output == meta_file(input.path);
  if (output.parent_path() != input.path || fs::exists(input.path / kManifestFile)) return false;
  return fs::is_directory(output, error) ? is_set_or_part(output)
                                         : !input.is_option && is_report(output);
}

template <std::size_t N>
void add_places(std::vector<Place>& places,
                const std::array<std::string_view, N>& names,
                const Options::Described& option) {
  const std::string& name = option.field.name;
  if (!option.section.empty() || std::ranges::find(names, name) == names.end()) return;
  for (const std::string& path : split_text(option.field.value, ',')) {
    if (!path.empty() && path != "-")
      places.push_back({cat("--", name, " ", path), absolute(path)});
  }
}

}  // namespace

void refuse_own_input(const Options& options, const std::vector<std::string>& paths) {
  std::vector<Place> outputs;
  std::vector<Place> inputs;
  for (const Options::Described& option : options.described()) {
    add_places(outputs, kOutputs, option);
    add_places(inputs, kInputs, option);
  }
  for (const std::string& path : paths) inputs.push_back({path, absolute(path), false});
  for (const Place& output : outputs) {
    for (const Place& input : inputs) {
      require(!is_there(input.path) || !holds(output.path, input.path), output.said,
              input.path == output.path ? ": is what " : ": holds what ", input.said,
              " reads, and would take its place; give another place");
      require(!is_there(output.path) || !is_read_of(input, output.path), output.said,
              ": is part of what ", input.said, " reads; give another place");
    }
  }
  require(outputs.size() < 2 || outputs[0].path != outputs[1].path,
          outputs.empty() ? "" : outputs[0].said, " and ",
          outputs.size() < 2 ? "" : outputs[1].said, ": are one file");
}

}  // namespace recombine
