#pragma once
// Names of pictures that stay as they are where all pictures are turned, mirrored or recoloured.

#include <cstdint>
#include <span>

#include "data/episode.h"

namespace recombine {

/// The key of an example as it stands: equal pictures, equal keys. Which rules it shows does not
/// count, here and below.
std::uint64_t picture_key(const Example& example);
/// The key of a grid as it stands.
std::uint64_t picture_key(const Grid& grid);

/// The key of an example up to the 8 symmetries of the square and a permutation of the colours
/// (background stays background): input and output are changed alike.
std::uint64_t canonical_key(const Example& example);

/// The key of an episode up to the same, all of its grids changed alike, and to the order of its
/// study pairs and of its queries. Episodes that are each other's image always have one key. Others
/// have it by chance alone, one pair in 2^64, or where their colours cannot be told apart by where
/// they stand.
std::uint64_t canonical_key(std::span<const Example> study, std::span<const Example> queries);

}  // namespace recombine
