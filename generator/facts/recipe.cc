#include "generator/facts/recipe.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/family.h"
#include "data/json_words.h"

namespace recombine {

Json fact_options(const FactConfig& config) {
  Json options = Json::object();
  for (const Field& field : changed_fields(config)) {
    if (field.name != "seed") options[field.name] = field.value;
  }
  return options;
}

Json fact_recipe(const FactConfig& config, WorldSet set) {
  return {{"family", kFacts.name},
          {"seed", config.seed},
          {"set", set_name(set)},
          {"options", fact_options(config)}};
}

FactRecipe read_fact_recipe(const Json& recipe) {
  try {
    require_data(recipe.at("family") == kFacts.name, "recipe: is not of facts");
    FactRecipe read;
    for (const auto& [name, value] : recipe.at("options").items()) {
      require_data(assign(read.config, name, value.get<std::string>()), "recipe: unknown option '",
                   name, "'");
    }
    read.config.seed = whole_number(recipe.at("seed"), "recipe: seed");
    read.config.validate();
    const auto name = recipe.at("set").get<std::string>();
    const std::vector<WorldSet> sets = world_sets(read.config);
    const auto set = std::ranges::find(sets, name, set_name);
    require_data(set != sets.end(), "recipe: its world has no set '", name, "'");
    read.set = *set;
    return read;
  } catch (const Json::exception& error) {
    throw DataError(cat("recipe: ", json_words(error)));
  } catch (const InputError& error) {
    throw DataError(cat("recipe: ", error.what()));
  }
}

}  // namespace recombine
