// Whether split.json says what its sets do.

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/schemas.h"
#include "data/json_words.h"
#include "data/storage/file.h"
#include "data/storage/manifest.h"
#include "data/text.h"
#include "generator/grids/check/verify.h"
#include "generator/grids/split/split_run.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// What split.json says of how it was made is what its sets say. Throws DataError.
void check_split_recipe(const Json& split, const Json& recipe, const std::string& file) {
  const SplitConfig config = read_split_recipe(recipe).config;
  const Json made = {{"axis", join_text(config.axis, ",")},
                     {"protocol", config.protocol},
                     {"seed", config.seed},
                     {"options", recipe.at("split").at("options")},
                     {"parent", recipe.at("parent")}};
  for (const auto& [key, value] : made.items()) {
    // Older splits name no axis: there was one.
    require_data(split.value(key, value) == value, file, ": says another ", key,
                 " than its sets do: ", split.value(key, value).dump(), ", not ", value.dump());
  }
}

}  // namespace

std::string check_split_file(const fs::path& folder, const std::vector<std::string>& names) {
  const fs::path file = folder / "split.json";
  const std::string text = read_file(file);
  try {
    const Json split = parse_json(text);
    const bool imported = split.contains("imported");
    const Json schema = split.value("schema", Json(kSplitSchema));
    require_data(schema == kSplitSchema, file.string(), ": schema is ", schema.dump(), ", not \"",
                 kSplitSchema, "\"");
    const Json& sets = split.at(imported ? "imported" : "sets");
    require_data(sets.size() == names.size(), file.string(), ": names ", sets.size(),
                 " sets; there are ", names.size());
    for (const std::string& name : names) {
      const Json& set = sets.at(name);
      if (imported) continue;
      const Manifest manifest = read_manifest(folder / name);
      require_data(set.at("digest") == manifest.digest && set.at("count") == manifest.count,
                   file.string(), ": another ", name, " is meant");
      if (manifest.recipe.contains("split"))
        check_split_recipe(split, manifest.recipe, file.string());
    }
  } catch (const Json::exception& error) {
    throw DataError(cat(file.string(), ": does not describe a split (", json_words(error), ")"));
  }
  return cat(names.size(), " sets, as described");
}

}  // namespace recombine
