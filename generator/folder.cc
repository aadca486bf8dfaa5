#include "generator/folder.h"

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/file.h"
#include "data/manifest.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

bool is_ours(const std::string& name) {
  return name == kManifestFile || name == kRecipeFile ||
         (name.starts_with("shard-") && name.find(".rcb") != std::string::npos) ||
         name == std::string(kManifestFile) + ".part" || name == std::string(kRecipeFile) + ".part";
}

}  // namespace

void remove_data_set(const fs::path& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (is_ours(entry.path().filename().string())) fs::remove(entry.path(), error);
  }
}

void open_data_folder(
    const fs::path& folder, const Json& begun, bool resume, bool join, bool force) {
  const fs::path recipe = folder / kRecipeFile;
  if (force) remove_data_set(folder);
  const bool unfinished = fs::exists(recipe);
  if (unfinished && (resume || join)) {
    require_data(read_file(recipe) == begun.dump(2) + "\n", folder.string(),
                 ": was begun with other options; give those, another --out, or --force");
    return;
  }
  require_data(!unfinished, folder.string(),
               ": holds an unfinished data set; --resume goes on with it, --force begins anew");
  require_data(!fs::exists(folder / kManifestFile), folder.string(),
               ": holds a finished data set; give another --out, or --force to replace it");
  std::error_code error;
  fs::create_directories(folder, error);
  require_data(!error && fs::is_directory(folder), folder.string(), ": cannot be made (",
               error ? error.message() : "not a folder", ")");
  require_data(force || fs::is_empty(folder), folder.string(),
               ": is not empty; give another --out");
  write_file(recipe, begun.dump(2) + "\n");
}

}  // namespace recombine
