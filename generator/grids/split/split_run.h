#pragma once
// Splits a data set of grids on disk.

#include <filesystem>

#include <nlohmann/json.hpp>

#include "data/json.h"
#include "generator/grids/split/split.h"

namespace recombine {

/// Writes out/{train,val_id,test_id,val_ood,test_ood} and out/split.json; the protocol "published"
/// has no ID sets, and is the only one for static data. Held-out episodes of a rule that fewer than
/// config.min_examples() of train show are in no set; "left_out" says how many (not of static data,
/// which has no such bound). Returns what split.json says. Throws
/// InputError for options that the data cannot meet, DataError for data that is not a set of
/// generated (or imported) episodes.
Json split_data_set(const std::filesystem::path& data,
                    const std::filesystem::path& out,
                    const SplitConfig& config,
                    bool force,
                    bool quiet);

/// A split's set as its recipe says: [split] options, the set's name, the parent's recipe.
struct SplitRecipe {
  SplitConfig config;
  std::string set;
  Json parent;
};
/// Throws DataError where it is no recipe of a split.
SplitRecipe read_split_recipe(const Json& recipe);

}  // namespace recombine
