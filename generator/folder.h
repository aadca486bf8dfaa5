#pragma once
// The folder of a data set that is being written.

#include <filesystem>

#include "data/json.h"

namespace recombine {

/// What a begun and unfinished data set was begun with; gone when the manifest is there.
inline constexpr const char* kRecipeFile = "recipe.json";

/// Makes the folder, or takes one that an interrupted run (`resume`) or another shard's run
/// (`join`) of the same recipe left. Throws DataError for a folder in use or of another recipe;
/// `force` removes the data set that is there, and nothing else.
void open_data_folder(
    const std::filesystem::path& folder, const Json& begun, bool resume, bool join, bool force);

/// Removes the shards, parts and manifest of a data set.
void remove_data_set(const std::filesystem::path& folder);

}  // namespace recombine
