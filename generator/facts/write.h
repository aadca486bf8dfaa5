#pragma once
// Worlds of facts on disk.

#include <filesystem>
#include <optional>

#include "data/json.h"
#include "data/storage/manifest.h"
#include "generator/facts/recipe.h"

namespace recombine {

inline constexpr const char* kWorldFile = "world.json";

/// Writes folder/<set> for every set of the world and folder/world.json, all at once or nothing.
/// Returns what world.json says. Throws InputError as make_world() does, DataError where the folder
/// is in use or cannot be written, Interrupted.
Json write_world(const std::filesystem::path& folder,
                 const FactConfig& config,
                 bool force,
                 bool quiet);

/// What world.json says where the folder holds the whole world of these options; nothing where it
/// is another one, or none. Throws DataError for a damaged shard.
std::optional<Json> finished_world(const std::filesystem::path& folder, const FactConfig& config);

/// Writes the one set of a recipe as `folder`, all or nothing.
Manifest write_world_set(const std::filesystem::path& folder,
                         const FactRecipe& recipe,
                         bool force,
                         bool quiet);

/// "sha256:..." of each set that a config gives, by number: what making it again must give.
std::vector<std::pair<WorldSet, std::string>> world_digests(const FactConfig& config, bool quiet);

}  // namespace recombine
