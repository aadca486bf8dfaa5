#pragma once
// Shards that runs made apart, each of which knew its own keys alone, become the shards of one run.

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "data/progress.h"
#include "data/storage/hash.h"
#include "data/storage/manifest.h"
#include "generator/writer/source.h"

namespace recombine {

/// Where settled shards go.
struct SettledSet {
  std::filesystem::path folder;
  std::uint64_t count = 0;  ///< records of all shards
  int threads = 0;          ///< 0: all cores; never changes the bytes
};

/// Writes `files`, all shards of a set in order, into the folder, with every item made anew whose
/// key an earlier one has: the bytes of a single run. A file may be the one that it becomes. Adds
/// the records to `digest`. Holds the keys (TakenKeys) and a few blocks a thread. Throws DataError
/// for a damaged block, InputError as skip_taken() does.
std::vector<ShardInfo> settle_shards(RecordSource& source,
                                     std::span<const std::filesystem::path> files,
                                     const SettledSet& set,
                                     Sha256& digest,
                                     Progress& progress);

}  // namespace recombine
