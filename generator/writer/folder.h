#pragma once
// The folder of a data set that is being written.

#include <filesystem>

#include "data/json.h"

namespace recombine {

/// What a begun and unfinished data set was begun with; gone when the manifest is there.
inline constexpr const char* kRecipeFile = "recipe.json";

/// Where a run writes what is to be `folder`: there, or, where `force` is to replace something that
/// is finished, in `<folder>.part`: what is there stays until the new set is whole. Keeps a part of
/// an interrupted run where `resume` is to go on with it. Throws DataError for what `force` does
/// not replace.
std::filesystem::path place_to_write(const std::filesystem::path& folder, bool resume, bool force);

/// Makes the folder, or takes one that an interrupted run (`resume`) or another shard's run
/// (`join`) of the same recipe left. Throws DataError for a folder in use or of another recipe;
/// `force` removes a data set that is unfinished, and nothing else.
void open_data_folder(
    const std::filesystem::path& folder, const Json& begun, bool resume, bool join, bool force);

/// Removes the shards, parts and manifest of a data set.
void remove_data_set(const std::filesystem::path& folder);

}  // namespace recombine
