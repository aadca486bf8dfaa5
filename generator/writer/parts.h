#pragma once
// The shards of one data set that lie in several folders: runs of one shard each, on machines that
// share no disk, copied together.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/json.h"
#include "generator/writer/source.h"

namespace recombine {

/// Where a shard may lie; several folders may have the same one.
struct FoundShard {
  std::vector<std::filesystem::path> files;       ///< finished
  std::vector<std::filesystem::path> unfinished;  ///< folders with a part of it
};

struct SetParts {
  std::vector<std::filesystem::path> folders;  ///< each with its recipe.json
  Json recipe;                                 ///< of the whole set, with its count
  std::uint64_t count = 0;
  std::vector<FoundShard> shards;  ///< all that the set is to have
};

/// Looks for the parts of a set in folders, and in those directly below the ones that are none
/// themselves. Throws DataError, naming folders and what differs, where there are none, where they
/// are of several sets, or where one holds a finished set.
SetParts find_parts(std::span<const std::filesystem::path> folders);

/// A shard that is missing or damaged.
struct BadShard {
  int shard = 0;
  std::string fault;             ///< "is missing", "parts/3/...: is damaged (checksum differs)"
  std::filesystem::path folder;  ///< where it is to be made again
  bool anew = false;             ///< not resumed: what is there looks sound and is of no use
};

/// The sound file of each shard, in order, and what has none.
struct CheckedParts {
  std::vector<std::filesystem::path> files;
  std::vector<BadShard> bad;
};

/// Reads every shard once: what its seal says, and whether `source`, which the recipe describes,
/// makes its first and last record, so that no other program's shard is taken. Shards are read by
/// `threads` at once (0: all cores).
CheckedParts check_parts(const SetParts& parts, RecordSource& source, int threads, bool quiet);

}  // namespace recombine
