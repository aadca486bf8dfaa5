// Which of many files a page is made of.

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/storage/manifest.h"
#include "data/storage/prediction.h"
#include "eval/page/collect.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::uintmax_t kLargestReport = 256U << 20U;
constexpr std::string_view kMetaEnding = ".meta.json";

bool is_report(const fs::path& file) {
  if (file.extension() != ".json" || fs::file_size(file) > kLargestReport) return false;
  const Json json = try_parse_json(read_file(file));
  return json.is_object() && json.contains("schema") && json["schema"].is_string() &&
         json["schema"].get<std::string>().starts_with("recombine.report");
}

/// The predictions that a meta file belongs to; empty where they are not there.
fs::path predictions_of(const fs::path& meta) {
  std::string name = meta.string();
  name.resize(name.size() - kMetaEnding.size());
  const auto owns = [&](const fs::path& file) {
    return fs::is_regular_file(file) && meta_file(file) == meta;
  };
  if (owns(name + ".jsonl")) return name + ".jsonl";
  return owns(name) ? fs::path(name) : fs::path();
}

void add_file(FoundFiles& found, const fs::path& file) {
  const std::string name = file.filename().string();
  if (name == kManifestFile) {
    found.sets.emplace(read_manifest(file.parent_path()).digest, file.parent_path());
  } else if (name == "run.json") {
    found.runs.push_back(file.parent_path().string());
  } else if (name == "trace.json") {
    found.traces.push_back(file.parent_path().string());
  } else if (name.ends_with(kMetaEnding)) {
    const fs::path predictions = predictions_of(file);
    if (!predictions.empty()) found.predictions.push_back(predictions);
  } else if (is_report(file)) {
    found.reports.push_back(file);
  }
}

void add_folder(FoundFiles& found, const fs::path& folder) {
  std::vector<fs::path> files;
  for (auto entry = fs::recursive_directory_iterator(folder);
       entry != fs::recursive_directory_iterator(); ++entry) {
    const std::string name = entry->path().filename().string();
    if (entry->is_directory() && (name == "checkpoints" || name.ends_with(".part")))
      entry.disable_recursion_pending();
    if (entry->is_regular_file() && entry->path().extension() == ".json")
      files.push_back(entry->path());
  }
  std::ranges::sort(files);
  for (const fs::path& file : files) add_file(found, file);
}

}  // namespace

FoundFiles find_files(std::span<const std::string> places) {
  FoundFiles found;
  for (const std::string& place : places) {
    require_data(fs::exists(place), place, ": no such file or folder");
    if (fs::is_directory(place)) {
      add_folder(found, place);
    } else {
      require_data(is_report(place), place, ": is not a report of `recombine evaluate --out`");
      found.reports.emplace_back(place);
    }
  }
  require_data(
      !found.reports.empty() || !found.runs.empty() || !found.traces.empty() ||
          !found.predictions.empty(),
      places.empty() ? std::string() : places.front(),
      ": has no report, run, trace or predictions in it; name what `recombine evaluate`, `train`, "
      "`predict` or `trace` wrote");
  return found;
}

}  // namespace recombine
