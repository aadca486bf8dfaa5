#pragma once
// Makes a data set, a split or a world again from its recipe.

#include <string>
#include <utility>
#include <vector>

#include "data/storage/manifest.h"
#include "generator/writer/writer.h"

namespace recombine {

/// Writes the set that `recipe` describes, as `options` say (folder, shards, threads; the count is
/// the recipe's). A set of a split is made by making its parent, which may be a set of a split
/// itself, and splitting it; a set of facts by making its world and keeping that set: these are
/// made in one shard and in one go. Throws DataError for a recipe of something that cannot be made,
/// such as an import, and where the parent does not come out as recorded, InputError for options
/// that do not go with it.
Manifest remake(const Json& recipe, const WriteOptions& options);

/// Whether the recipe is of a whole split or world: it has "sets", each with its digest.
bool is_folder_recipe(const Json& recipe);

/// The same for such a recipe: writes the split or the world. Returns the sets by name.
std::vector<std::pair<std::string, Manifest>> remake_folder(const Json& recipe,
                                                            const WriteOptions& options);

}  // namespace recombine
