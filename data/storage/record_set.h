#pragma once
// The records of a data set on disk, by index.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "data/storage/manifest.h"

namespace recombine {

class ShardReader;

/// Every read is checked: a damaged file throws DataError, which names file and block. Reading is
/// const and thread-safe.
class RecordSet {
 public:
  /// Opens the folder's manifest and shards (their indices, not their records). Throws DataError
  /// where the folder is no data set of `family` or a shard is missing or cut.
  RecordSet(const std::filesystem::path& folder, std::string_view family);

  std::size_t size() const { return static_cast<std::size_t>(manifest_.count); }
  /// The bytes of a record; they stay until this thread reads the next one, of any data set.
  /// Requires index < size().
  std::string_view record(std::size_t index) const;
  /// "train/shard-00000-of-00001.rcb: block 3": where a record lies, for messages.
  std::string place_of(std::size_t index) const;
  const Manifest& manifest() const { return manifest_; }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::size_t shard_of(std::size_t index) const;

  std::filesystem::path folder_;
  Manifest manifest_;
  std::vector<std::shared_ptr<const ShardReader>> shards_;
  std::vector<std::uint64_t> first_;  ///< index of each shard's first record
};

/// The data sets under `folder`: itself as {""} where it has a manifest, else its sub-folders that
/// have one, by name in the order train, val_id, test_id, val_ood, test_ood, then the others.
/// Throws DataError where there is none.
std::vector<std::string> data_set_names(const std::filesystem::path& folder);

}  // namespace recombine
