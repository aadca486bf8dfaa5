#pragma once
// A split of a world of facts: the world made again, its composed training cut along axes.

#include <filesystem>

#include "data/json.h"
#include "generator/grids/split/split.h"

namespace recombine {

/// Whether the folder is a world of facts.
bool is_world(const std::filesystem::path& folder);

/// Writes out/<set> for every set, out/world.json and out/split.json; returns what split.json says.
/// Graph, entities and relations are those of `world`. Of the options, axis (of
/// data/fact_vocabulary.h), hold-out (lambda=3.6, noise=0.4), test-fraction and seed count. Throws
/// InputError for others and for axes of grids, DataError for a world that is imported, or where
/// `out` is there and `force` is not set.
Json split_world(const std::filesystem::path& world,
                 const std::filesystem::path& out,
                 const SplitConfig& config,
                 bool force,
                 bool quiet);

}  // namespace recombine
