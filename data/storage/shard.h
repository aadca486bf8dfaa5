#pragma once
// A shard: records in checksummed blocks with an index (docs/FORMAT.md, "Shards").

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "data/storage/hash.h"
#include "data/storage/manifest.h"

namespace recombine {

/// Records of one block before compression: every block of a shard but the last has this many.
inline constexpr std::uint32_t kBlockRecords = 64;

/// A block as it stands in the file. Pure: blocks can be made by any thread.
std::string encode_block(std::uint64_t first_index, const std::vector<std::string>& records);

/// Adds the records to a digest as the manifest's digest runs over them: length, then bytes.
void add_to_digest(Sha256& digest, const std::vector<std::string>& records);

/// "shard-00002-of-00007.rcb".
std::string shard_file_name(int shard, int shards);

/// First index of shard k of K over n records: k n / K, rounded down.
std::uint64_t shard_begin(std::uint64_t count, int shard, int shards);

/// Writes a shard front to back as `<file>.part`; finish() gives it its name.
class ShardWriter {
 public:
  /// Starts a new shard whose first record has index `first_index` in the data set.
  ShardWriter(const std::filesystem::path& file, std::uint64_t first_index);
  /// Goes on with the whole blocks of an interrupted `<file>.part`, and gives the records of each
  /// to `kept`, in order: a shard may be larger than memory.
  static ShardWriter resume(const std::filesystem::path& file,
                            std::uint64_t first_index,
                            const std::function<void(std::vector<std::string>)>& kept = {});
  ~ShardWriter();
  ShardWriter(const ShardWriter&) = delete;
  ShardWriter& operator=(const ShardWriter&) = delete;
  ShardWriter(ShardWriter&&) noexcept;
  ShardWriter& operator=(ShardWriter&&) = delete;

  /// Records so far, those that a resumed part held among them.
  std::uint64_t records() const;
  /// Appends a block that encode_block() made for the next `count` records.
  void add_block(std::string_view block, std::uint32_t count);
  /// Writes the index, syncs and renames. Returns what the manifest says of the shard.
  ShardInfo finish();
  /// Removes the part, where the work failed rather than was interrupted.
  void discard();

 private:
  struct State;
  explicit ShardWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Random access to the records of a shard. Const and thread-safe. All failures are DataErrors
/// that name file and block.
class ShardReader {
 public:
  explicit ShardReader(const std::filesystem::path& file);
  ~ShardReader();
  ShardReader(const ShardReader&) = delete;
  ShardReader& operator=(const ShardReader&) = delete;

  std::uint64_t count() const;
  std::size_t blocks() const;
  /// Different for every reader that this process ever opened: a key for caches.
  std::uint64_t serial() const;
  /// Of the shard's first record, in the data set; 0 for a shard without records.
  std::uint64_t first_index() const;
  /// A block as it stands in the file. Its place is checked; what it holds, decode_block() checks.
  std::string stored_block(std::size_t number) const;
  /// The records of a block, checked.
  std::vector<std::string> block(std::size_t number) const;
  /// The block that holds record `index` of this shard, and its place in it.
  std::pair<std::size_t, std::size_t> find(std::uint64_t index) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What the manifest says of a finished shard: reads the whole file once.
ShardInfo describe_shard(const std::filesystem::path& file);

}  // namespace recombine
