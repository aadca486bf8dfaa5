#pragma once
// The config files of Compositional-ARC out of what our data sets record.

#include <nlohmann/json.hpp>

#include "data/json.h"

namespace recombine {

/// {type: {parameter: [values]}} in the order of the config, for the recorded options of [grids].
Json carc_transformations(const Json& options);

/// config_all_episodes.json for the recipe of a generated set. All throw DataError, or JSON's own
/// exceptions, for recipes that lack what the config needs.
Json carc_generator_config(const Json& recipe);

/// config_systematicity_seed_S.json for a split.json.
Json carc_split_config(const Json& split);

}  // namespace recombine
