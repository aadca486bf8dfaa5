#pragma once
// Data sets put together out of shards that were made apart, whatever their family.

#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "data/storage/manifest.h"
#include "generator/writer/parts.h"

namespace recombine {

/// What makes the records of a recipe, as writer/source.h says; throws DataError for a recipe of
/// something that is not made in shards.
std::unique_ptr<RecordSource> source_of(const Json& recipe);

/// The command that makes a shard again, or goes on with it: a shell reads it.
std::string remake_command(const SetParts& parts, const BadShard& bad);

struct MergeOptions {
  std::filesystem::path folder;
  int threads = 0;  ///< 0: all cores; never changes the set
  bool force = false;
  bool quiet = false;
};

/// Writes the set of which `files` are the checked shards: the bytes of a single run. The folder
/// appears whole or not at all. Throws DataError and InputError as settle_shards() does.
Manifest merge_parts(const SetParts& parts,
                     std::span<const std::filesystem::path> files,
                     RecordSource& source,
                     const MergeOptions& options);

}  // namespace recombine
