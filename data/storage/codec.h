#pragma once
// Items as records: the bytes inside a shard's blocks (docs/FORMAT.md, "Records").

#include <string>
#include <string_view>

#include "data/episode.h"

namespace recombine {

/// The record of an episode: the same bytes on every machine. All grids must have one side.
std::string encode_episode(const Episode& episode);

/// Throws DataError for bytes that are no such record.
Episode decode_episode(std::string_view record);

}  // namespace recombine
