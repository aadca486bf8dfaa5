#pragma once
// Inner parts of the writer: one shard through the pipeline, and the set of keys that are taken.

#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_set>

#include "data/progress.h"
#include "data/storage/hash.h"
#include "data/storage/manifest.h"
#include "generator/writer/source.h"

namespace recombine {

/// Keys of all records so far, in order.
class TakenKeys {
 public:
  /// False where the key was taken already. An empty key never is.
  bool take(const std::string& key) { return key.empty() || taken_.insert(key).second; }

 private:
  std::unordered_set<std::string> taken_;
};

struct ShardRun {
  RecordSource& source;
  TakenKeys& taken;
  Sha256& digest;  ///< over the records of the data set so far
  Progress& progress;
  std::filesystem::path folder;
  std::uint64_t count = 0;  ///< records of the whole set
  int shards = 1;
  int threads = 0;
  bool resume = false;
  bool part_stays = false;  ///< after an error: the shard's part has what --resume can go on from

  /// Makes shard `shard`, or reads it where it is finished already and `resume` is set. After a
  /// failure a part with whole blocks stays, unless no run with these options gets further
  /// (InputError): then only one that an earlier run began does.
  ShardInfo write(int shard);

 private:
  std::uint64_t take_kept(class ShardWriter& writer);
  void write_rest(class ShardWriter& writer, std::uint64_t begin, std::uint64_t end);
  void take_finished(const std::vector<std::string>& records);
};

/// The item with the first attempt from `attempt` on whose key is free; takes the key. Throws
/// InputError where there seems to be none, Interrupted once a signal has come.
Item make_unique(
    RecordSource& source, TakenKeys& taken, Item first, std::uint64_t index, int attempt);

}  // namespace recombine
