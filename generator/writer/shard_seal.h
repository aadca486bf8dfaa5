#pragma once
// What the run of one shard says of it, in a file beside it: "shard-00002-of-00007.json". So a
// shard can be copied to another machine, and what arrives there is known to be what was made.

#include <filesystem>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "data/json.h"
#include "data/storage/manifest.h"

namespace recombine {

struct ShardSeal {
  ShardInfo shard;
  std::string digest;  ///< "sha256:<64 hex digits>" over the shard's records
  Json recipe;         ///< of the whole set, with its count
  std::string tool;    ///< of one that was read: the program, "0.2.0 (1a2b3c4)"
};

std::filesystem::path seal_file(const std::filesystem::path& shard);

/// Written whole or not at all, after the shard has its name.
void write_seal(const std::filesystem::path& shard, const ShardSeal& seal);

/// Nothing where there is none: of shards that older versions made, or that were settled. Throws
/// DataError for a file that is no seal.
std::optional<ShardSeal> read_seal(const std::filesystem::path& shard);

/// What is wrong with a shard that should hold `count` records from `first` on, of this recipe; ""
/// where nothing is: it is what its seal says, or, without one, every block of it is whole.
std::string fault_of_shard(const std::filesystem::path& shard,
                           std::uint64_t first,
                           std::uint64_t count,
                           const Json& recipe);

}  // namespace recombine
