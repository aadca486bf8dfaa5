#pragma once
// The config files of Compositional-ARC out of what our data sets record.

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/episode.h"
#include "data/json.h"

namespace recombine {

/// {type: {parameter: [values]}} in the order of the config, for the recorded options of [grids].
Json carc_transformations(const Json& options);

/// config_all_episodes.json for the recipe of a generated set, or of static data. All throw
/// DataError, or JSON's own exceptions, for recipes that lack what the config needs.
Json carc_generator_config(const Json& recipe);

/// What a split's train set says beside split.json.
struct CarcTrained {
  std::vector<std::string> labels;  ///< rule_label()s in the order in which they are first met
  std::map<std::string, Grammar> combinations;  ///< of static data, by the id of its episode

  void add(const Episode& episode);
};

/// config_systematicity_seed_S.json, or config_static_systematicity_seed_S.json, for a split.json.
/// Triplets stand in the order in which they were drawn, counts in that of `trained`; what it does
/// not name as recorded, behind them.
Json carc_split_config(const Json& split, const CarcTrained& trained);

}  // namespace recombine
