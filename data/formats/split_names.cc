#include "data/formats/split_names.h"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json.h"
#include "data/set_names.h"
#include "data/storage/file.h"
#include "data/text.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kMiddle = "_systematicity_seed_";
constexpr std::string_view kStaticMiddle = "_static_systematicity_seed_";
constexpr std::string_view kSuffix = ".jsonl";

struct Names {
  std::string_view set;
  std::string_view published;
};

constexpr std::array kNames = {Names{kTrainSet, "train"}, Names{kValOodSet, "val"},
                               Names{kTestOodSet, "test"}};

std::string_view middle_of(bool fixed_rules) { return fixed_rules ? kStaticMiddle : kMiddle; }

/// The files of one set and one kind of split in a folder.
void add_files(std::vector<PublishedSplitFile>& files,
               const fs::path& folder,
               const Names& names,
               bool fixed_rules) {
  const std::string begin = cat(names.published, middle_of(fixed_rules));
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(begin) || !name.ends_with(kSuffix)) continue;
    std::string_view rest = name;
    rest.remove_prefix(begin.size());
    rest.remove_suffix(kSuffix.size());
    const auto seed = parse_number<std::uint64_t>(rest);
    if (seed) files.push_back({std::string(names.set), *seed, fixed_rules, entry.path()});
  }
}

/// Nothing where the file is not there or is none.
Json read_split_json(const fs::path& folder) {
  const fs::path file = folder / "split.json";
  if (!fs::exists(file)) return nullptr;
  return try_parse_json(read_file(file));
}

}  // namespace

std::optional<std::string> published_split_file(std::string_view set,
                                                std::uint64_t seed,
                                                bool fixed_rules) {
  for (const Names& names : kNames) {
    if (names.set == set) return cat(names.published, middle_of(fixed_rules), seed, kSuffix);
  }
  return std::nullopt;
}

std::vector<PublishedSplitFile> published_split_files(const fs::path& folder) {
  std::vector<PublishedSplitFile> files;
  for (const Names& names : kNames) {
    for (const bool fixed_rules : {false, true}) add_files(files, folder, names, fixed_rules);
  }
  for (const PublishedSplitFile& file : files) {
    require_data(file.seed == files.front().seed, folder.string(), ": has split files of seeds ",
                 files.front().seed, " and ", file.seed, "; one folder is one split");
    require_data(file.fixed_rules == files.front().fixed_rules, folder.string(),
                 ": has split files of static data and others; one folder is one split");
  }
  return files;
}

bool is_static_split(const fs::path& folder) {
  const Json json = read_split_json(folder);
  return json.is_object() && json.contains("static") && json["static"] == true;
}

std::uint64_t split_seed(const fs::path& folder) {
  const fs::path file = folder / "split.json";
  require_data(fs::exists(file), folder.string(), ": has no split.json; is it a split?");
  const Json json = read_split_json(folder);
  const bool known = json.is_object() && json.contains("seed") && json["seed"].is_number_unsigned();
  require_data(known, file.string(), ": has no \"seed\"");
  return json["seed"].get<std::uint64_t>();
}

std::string imported_split_json(const std::vector<PublishedSplitFile>& files) {
  Json sets = Json::object();
  for (const PublishedSplitFile& file : files) sets[file.set] = file.path.filename().string();
  Json json = {{"schema", "recombine.split/1"},
               {"axis", "systematicity"},
               {"protocol", "published"},
               {"seed", files.front().seed},
               {"imported", std::move(sets)}};
  if (files.front().fixed_rules) json["static"] = true;
  return json.dump(2) + "\n";
}

}  // namespace recombine
