#pragma once
// Inner parts of the writer: one shard through the pipeline.

#include <cstdint>
#include <filesystem>

#include "data/progress.h"
#include "data/storage/hash.h"
#include "data/storage/manifest.h"
#include "generator/writer/source.h"
#include "generator/writer/taken_keys.h"

namespace recombine {

struct ShardRun {
  RecordSource& source;
  TakenKeys& taken;
  Sha256& digest;  ///< over the records of the data set so far
  Progress& progress;
  std::uint64_t from = 0;  ///< the item that progress counts from
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
  ShardInfo make(const std::filesystem::path& file, std::uint64_t begin, std::uint64_t end);
  void write_rest(class ShardWriter& writer, std::uint64_t begin, std::uint64_t end);
  void take_finished(const std::vector<std::string>& records);
};

}  // namespace recombine
