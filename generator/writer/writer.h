#pragma once
// Writes a data set: items in order, made in parallel, the same bytes for any threads and shards.

#include <cstdint>
#include <filesystem>
#include <optional>

#include "data/storage/manifest.h"
#include "generator/writer/source.h"

namespace recombine {

struct WriteOptions {
  std::filesystem::path folder;
  std::uint64_t count = 0;
  int shards = 1;
  int only_shard = -1;  ///< the one shard that this run writes; -1: all
  int threads = 0;      ///< 0: all cores
  bool resume = false;
  bool force = false;
  bool quiet = false;
};

/// Writes the shards, then the manifest. With `only_shard`, a seal (shard_seal.h) stands beside the
/// shard until the set is whole, and the run that completes the set writes the manifest, after it
/// has made anew the items whose keys another shard took first; the result is that of one run.
/// Returns nothing where other shards are still missing. With `resume`, a finished set of the same
/// recipe is done; with `only_shard` as well, so is a shard that is there, and a damaged one is
/// made anew. Throws DataError for a folder in use, options that differ from those that it was
/// begun with, or a failure to write: finished shards and whole blocks stay to resume from; without
/// any, nothing stays. Interrupted leaves parts to resume from. With `force`, a finished set
/// (split, world, run...) that is there is replaced when the new one is whole, which is made in
/// `<folder>.part` until then; with `resume` as well, an interrupted run goes on there.
std::optional<Manifest> write_data_set(RecordSource& source, const WriteOptions& options);

/// Throws InputError for options that a set cannot have which is made in one shard and in one go.
void require_one_go(const WriteOptions& options);

}  // namespace recombine
