#include "data/formats/split_names.h"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/file.h"
#include "data/json.h"
#include "data/text.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kMiddle = "_systematicity_seed_";
constexpr std::string_view kSuffix = ".jsonl";

struct Names {
  std::string_view set;
  std::string_view published;
};

constexpr std::array kNames = {Names{"train", "train"}, Names{"val_ood", "val"},
                               Names{"test_ood", "test"}};

}  // namespace

std::optional<std::string> published_split_file(std::string_view set, std::uint64_t seed) {
  for (const Names& names : kNames) {
    if (names.set == set) return cat(names.published, kMiddle, seed, kSuffix);
  }
  return std::nullopt;
}

std::vector<PublishedSplitFile> published_split_files(const fs::path& folder) {
  std::vector<PublishedSplitFile> files;
  for (const Names& names : kNames) {
    const std::string begin = cat(names.published, kMiddle);
    for (const auto& entry : fs::directory_iterator(folder)) {
      std::string_view rest;
      const std::string name = entry.path().filename().string();
      if (!name.starts_with(begin) || !name.ends_with(kSuffix)) continue;
      rest = name;
      rest.remove_prefix(begin.size());
      rest.remove_suffix(kSuffix.size());
      const auto seed = parse_number<std::uint64_t>(rest);
      if (seed) files.push_back({std::string(names.set), *seed, entry.path()});
    }
  }
  for (const PublishedSplitFile& file : files) {
    require_data(file.seed == files.front().seed, folder.string(), ": has split files of seeds ",
                 files.front().seed, " and ", file.seed, "; one folder is one split");
  }
  return files;
}

std::uint64_t split_seed(const fs::path& folder) {
  const fs::path file = folder / "split.json";
  require_data(fs::exists(file), folder.string(), ": has no split.json; is it a split?");
  const Json json = Json::parse(read_file(file), nullptr, false);
  const bool known = json.is_object() && json.contains("seed") && json["seed"].is_number_unsigned();
  require_data(known, file.string(), ": has no \"seed\"");
  return json["seed"].get<std::uint64_t>();
}

std::string imported_split_json(const std::vector<PublishedSplitFile>& files) {
  Json sets = Json::object();
  for (const PublishedSplitFile& file : files) sets[file.set] = file.path.filename().string();
  const Json json = {{"schema", "recombine.split/1"},
                     {"axis", "systematicity"},
                     {"protocol", "published"},
                     {"seed", files.front().seed},
                     {"imported", std::move(sets)}};
  return json.dump(2) + "\n";
}

}  // namespace recombine
