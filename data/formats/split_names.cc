#include "data/formats/split_names.h"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/import_set.h"
#include "data/formats/schemas.h"
#include "data/json.h"
#include "data/set_names.h"
#include "data/storage/file.h"
#include "data/storage/folder.h"
#include "data/text.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kMiddle = "_systematicity";
constexpr std::string_view kStaticMiddle = "_static_systematicity";
constexpr std::string_view kSeed = "_seed_";
constexpr std::string_view kSuffix = ".jsonl";

struct Names {
  std::string_view set;
  std::string_view published;
};

constexpr std::array kNames = {Names{kTrainSet, "train"}, Names{kValOodSet, "val"},
                               Names{kTestOodSet, "test"}};

std::string_view middle_of(bool fixed_rules) { return fixed_rules ? kStaticMiddle : kMiddle; }

/// The number behind "..._seed_"; nothing for another end of a name.
std::optional<std::uint64_t> seed_behind(std::string_view text) {
  if (!text.starts_with(kSeed)) return std::nullopt;
  return parse_number<std::uint64_t>(text.substr(kSeed.size()));
}

/// That of the Hub's folders, "split_seed_1860".
std::optional<std::uint64_t> seed_of_folder(const fs::path& folder) {
  constexpr std::string_view kSplit = "split";
  const std::string name = name_of(fs::weakly_canonical(folder));
  if (!name.starts_with(kSplit)) return std::nullopt;
  return seed_behind(std::string_view(name).substr(kSplit.size()));
}

/// The file of one set and one kind of split that `path` is; nothing where it is none.
std::optional<PublishedSplitFile> split_file(const fs::path& path,
                                             const Names& names,
                                             bool fixed_rules) {
  const std::string begin = cat(names.published, middle_of(fixed_rules));
  const std::string name = path.filename().string();
  std::string_view rest = uncompressed_name(name);
  if (!rest.starts_with(begin) || !rest.ends_with(kSuffix)) return std::nullopt;
  rest.remove_prefix(begin.size());
  rest.remove_suffix(std::min(kSuffix.size(), rest.size()));
  const auto seed = rest.empty() ? seed_of_folder(path.parent_path()) : seed_behind(rest);
  if (!rest.empty() && !seed) return std::nullopt;
  return PublishedSplitFile{std::string(names.set), seed, fixed_rules, path};
}

std::string seed_text(const std::optional<std::uint64_t>& seed) {
  return seed ? std::to_string(*seed) : "none";
}

void require_one_split(const fs::path& folder, const std::vector<PublishedSplitFile>& files) {
  const PublishedSplitFile* before = nullptr;
  for (const PublishedSplitFile& file : files) {
    require_data(file.seed == files.front().seed, folder.string(), ": has split files of seeds ",
                 seed_text(files.front().seed), " and ", seed_text(file.seed),
                 "; one folder is one split");
    require_data(file.fixed_rules == files.front().fixed_rules, folder.string(),
                 ": has split files of static data and others; one folder is one split");
    require_data(before == nullptr || before->set != file.set, folder.string(), ": has two files ",
                 "of one set, ", before == nullptr ? "" : before->path.filename().string(), " and ",
                 file.path.filename().string(), "; take one away");
    before = &file;
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
                                                std::optional<std::uint64_t> seed,
                                                bool fixed_rules) {
  const std::string end = seed ? cat(kSeed, *seed) : "";
  for (const Names& names : kNames) {
    if (names.set == set) return cat(names.published, middle_of(fixed_rules), end, kSuffix);
  }
  return std::nullopt;
}

std::vector<PublishedSplitFile> published_split_files(const fs::path& folder) {
  const std::vector<fs::path> entries = visible_entries(folder);
  std::vector<PublishedSplitFile> files;
  for (const Names& names : kNames) {
    for (const bool fixed_rules : {false, true}) {
      for (const fs::path& path : entries) {
        if (auto file = split_file(path, names, fixed_rules)) files.push_back(*std::move(file));
      }
    }
  }
  require_one_split(folder, files);
  return files;
}

bool is_static_split(const fs::path& folder) {
  const Json json = read_split_json(folder);
  return json.is_object() && json.contains("static") && json["static"] == true;
}

std::optional<std::uint64_t> split_seed(const fs::path& folder) {
  const fs::path file = folder / "split.json";
  require_data(fs::exists(file), folder.string(), ": has no split.json; is it a split?");
  const Json json = read_split_json(folder);
  if (json.is_object() && json.contains("imported") && !json.contains("seed")) return std::nullopt;
  const bool known = json.is_object() && json.contains("seed") && json["seed"].is_number_unsigned();
  require_data(known, file.string(), ": has no \"seed\"");
  return json["seed"].get<std::uint64_t>();
}

std::string imported_split_json(const std::vector<PublishedSplitFile>& files) {
  Json sets = Json::object();
  for (const PublishedSplitFile& file : files) sets[file.set] = file.path.filename().string();
  Json json = {{"schema", kSplitSchema}, {"axis", "systematicity"}, {"protocol", "published"}};
  if (files.front().seed) json["seed"] = *files.front().seed;
  json["imported"] = std::move(sets);
  if (files.front().fixed_rules) json["static"] = true;
  return json.dump(2) + "\n";
}

}  // namespace recombine
