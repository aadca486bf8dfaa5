#include "generator/writer/folder.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/create_folder.h"
#include "data/storage/file.h"
#include "data/storage/manifest.h"
#include "data/storage/writer_lock.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

bool is_ours(const std::string& name) {
  const bool shard = name.starts_with("shard-") && (name.find(".rcb") != std::string::npos ||
                                                    name.find(".json") != std::string::npos);
  return shard || name == kManifestFile || name == kRecipeFile ||
         name == std::string(kManifestFile) + ".part" || name == std::string(kRecipeFile) + ".part";
}

/// Whether a data set was begun there, and nothing else is in the folder.
bool is_unfinished(const fs::path& folder) {
  if (!fs::exists(folder / kRecipeFile) || fs::exists(folder / kManifestFile)) return false;
  return std::ranges::all_of(fs::directory_iterator(folder), [](const fs::directory_entry& entry) {
    return is_ours(entry.path().filename().string());
  });
}

}  // namespace

void remove_data_set(const fs::path& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (is_ours(entry.path().filename().string())) fs::remove(entry.path(), error);
  }
}

fs::path place_to_write(const fs::path& folder, bool resume, bool force) {
  std::error_code error;
  const bool in_use = fs::exists(folder, error) && !fs::is_empty(folder, error);
  if (!force || !in_use || is_unfinished(folder)) return folder;
  if (resume && fs::exists(folder / kRecipeFile)) return folder;
  refuse_foreign(folder);
  fs::path part = folder.string() + ".part";
  refuse_written(part);
  if (!resume || !fs::exists(part / kRecipeFile)) fs::remove_all(part, error);
  return part;
}

void open_data_folder(
    const fs::path& folder, const Json& begun, bool resume, bool join, bool force) {
  const fs::path recipe = folder / kRecipeFile;
  if (fs::exists(recipe) && (resume || join)) {
    require_data(read_file(recipe) == begun.dump(2) + "\n", folder.string(),
                 ": was begun with other options; give those, another --out, or ",
                 join ? "remove it first" : "--force without --resume");
    return;
  }
  if (force && is_unfinished(folder)) {
    refuse_written(folder);
    remove_data_set(folder);
  }
  require_data(!fs::exists(recipe), folder.string(),
               ": holds an unfinished data set; --resume goes on with it, --force begins anew");
  require_data(!fs::exists(folder / kManifestFile) || is_foreign(folder), folder.string(),
               ": holds a finished data set; give another --out, or ",
               join ? "remove it first" : "--force to replace it");
  create_folder(folder);
  std::error_code error;
  fs::remove(recipe.string() + ".part", error);  // of a run that was killed as it began
  require_data(fs::is_empty(folder), folder.string(), ": is not empty; give another --out");
  sync_folder_of(folder);
  write_file(recipe, begun.dump(2) + "\n");
}

}  // namespace recombine
