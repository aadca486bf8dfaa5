#pragma once
// The recipes of the sets of a world.

#include "data/json.h"
#include "generator/facts/world.h"

namespace recombine {

/// {"family":"facts","seed":S,"set":"train","options":{...}}: the options that differ from their
/// defaults, as text.
Json fact_recipe(const FactConfig& config, WorldSet set);

/// The `options` of a recipe and of world.json.
Json fact_options(const FactConfig& config);

struct FactRecipe {
  FactConfig config;
  WorldSet set = WorldSet::kTrain;
};
/// Throws DataError for JSON that is no such recipe, or names a set that its world does not have.
FactRecipe read_fact_recipe(const Json& recipe);

}  // namespace recombine
