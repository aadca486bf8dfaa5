// The recipe of a data set, a split or a world, with the digests that making it again must give.

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/family.h"
#include "data/formats/format.h"
#include "data/formats/lines.h"
#include "data/formats/output.h"
#include "data/json_words.h"
#include "data/storage/file.h"
#include "data/storage/manifest.h"
#include "data/storage/record_set.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

Json set_recipe(const fs::path& folder) {
  const Manifest manifest = read_manifest(folder);
  Json recipe = manifest.recipe;
  recipe["digest"] = manifest.digest;
  return recipe;
}

/// The sets of a split.json or world.json: {"train": {"count", "digest"}, ...}.
Json sets_of(const Json& described) {
  Json sets = Json::object();
  for (const auto& [name, set] : member(described, "sets").items())
    sets[name] = {{"count", set.at("count")}, {"digest", set.at("digest")}};
  return sets;
}

Json split_recipe(const Json& split) {
  return {{"family", kGrids.name},
          {"split", {{"options", member(split, "options")}}},
          {"parent", member(split, "parent")},
          {"sets", sets_of(split)}};
}

Json world_recipe(const Json& world) {
  return {{"family", kFacts.name},
          {"seed", member(world, "seed")},
          {"options", member(world, "options")},
          {"sets", sets_of(world)}};
}

Json folder_recipe(const fs::path& folder) {
  // A world with an axis has both, and its recipe is a world's.
  const bool split = fs::exists(folder / "split.json") && !fs::exists(folder / "world.json");
  const fs::path file = folder / (split ? "split.json" : "world.json");
  require_data(split || fs::exists(file), folder.string(),
               ": has neither split.json nor world.json; export the recipe of one of its sets");
  const Json described = json_from_text(read_file(file));
  require_data(!described.contains("imported"), file.string(),
               ": is imported, and so cannot be made again");
  try {
    return split ? split_recipe(described) : world_recipe(described);
  } catch (const Json::exception& error) {
    throw DataError(cat(file.string(), ": lacks what a recipe has (", json_words(error), ")"));
  } catch (const DataError& error) {
    throw DataError(cat(file.string(), ": ", error.what()));
  }
}

}  // namespace

void export_recipe(const ExportJob& job) {
  const bool one = data_set_names(job.folder).front().empty();
  const Json recipe = one ? set_recipe(job.folder) : folder_recipe(job.folder);
  OutputFile file(job.out, job.force);
  file.write(recipe.dump(2) + "\n");
  file.finish();
}

}  // namespace recombine
