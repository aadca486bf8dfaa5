#include "generator/remake.h"

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/record_set.h"
#include "generator/family.h"
#include "generator/writer/recipe_text.h"

namespace recombine {
namespace {

/// A recipe's "sets", each of which may say its count and digest.
void require_sets(const Json& recipe) {
  require_data(is_folder_recipe(recipe) && recipe["sets"].is_object(),
               "recipe: sets must be an object with an object for each set");
  for (const auto& [name, set] : recipe["sets"].items()) {
    require_data(set.is_object(), "recipe: sets: ", name, " must be an object");
    if (set.contains("count")) whole_number(set["count"], "recipe: sets: " + name + ": count");
    require_data(!set.contains("digest") || set["digest"].is_string(), "recipe: sets: ", name,
                 ": digest must be a text");
  }
}

GeneratedFamily family_of(const Json& recipe) {
  const std::string name = recipe_text(recipe, "family");
  try {
    return generated_family(name);
  } catch (const DataError& error) {
    throw DataError(cat("recipe: ", error.what()));
  }
}

}  // namespace

bool is_folder_recipe(const Json& recipe) { return recipe.contains("sets"); }

std::vector<std::pair<std::string, Manifest>> remake_folder(const Json& recipe,
                                                            const WriteOptions& options) {
  require_one_go(options);
  require_sets(recipe);
  family_of(recipe).remake_folder(recipe, options);
  std::vector<std::pair<std::string, Manifest>> sets;
  for (const std::string& name : data_set_names(options.folder))
    sets.emplace_back(name, read_manifest(options.folder / name));
  return sets;
}

Manifest remake(const Json& recipe, const WriteOptions& options) {
  require_recipe(recipe);
  return family_of(recipe).remake(recipe, options);
}

}  // namespace recombine
