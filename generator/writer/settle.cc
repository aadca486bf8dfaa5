#include "generator/writer/settle.h"

#include <string>
#include <utility>

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include "data/error.h"
#include "data/storage/block.h"
#include "data/storage/shard.h"
#include "generator/writer/in_order.h"
#include "generator/writer/taken_keys.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// What travels through the pipeline: a block, and its items as far as they are settled.
struct StoredBlock {
  std::size_t number = 0;
  std::uint64_t first = 0;
  std::string bytes;  ///< as it stands in the file
  std::vector<std::string> records;
  std::vector<Candidate> items;
  bool changed = false;
};

/// One shard through the pipeline.
class ShardSettling {
 public:
  ShardSettling(RecordSource& source, TakenKeys& taken, const fs::path& file)
      : source_(source), taken_(taken), reader_(file), name_(file.string()) {}

  std::size_t blocks() const { return reader_.blocks(); }

  /// By any thread: the records, with the next attempts of those whose keys are taken by now.
  StoredBlock read(std::size_t number) const {
    StoredBlock block;
    block.number = number;
    block.first = reader_.first_index() + number * kBlockRecords;
    block.bytes = reader_.stored_block(number);
    try {
      block.records = decode_block(block.bytes);
    } catch (const DataError& error) {
      throw DataError(cat(name_, ": block ", number, " ", error.what()));
    }
    for (const std::string& record : block.records)
      block.items.push_back({{record, source_.key_of(record)}, 0});
    for_each_unit(source_, block.items, block.first, [&](auto unit, std::uint64_t index) {
      skip_taken(source_, taken_, unit, index);
    });
    return block;
  }

  /// In the order of the items.
  void take(StoredBlock& block) const {
    for_each_unit(source_, block.items, block.first, [&](auto unit, std::uint64_t index) {
      make_unique(source_, taken_, unit, index);
    });
    for (std::size_t i = 0; i < block.items.size(); ++i) {
      Item& item = block.items[i].item;
      if (item.record == block.records[i]) continue;
      block.records[i] = std::move(item.record);
      block.changed = true;
    }
    block.items.clear();
  }

  /// By any thread.
  static void encode(StoredBlock& block) {
    if (block.changed) block.bytes = encode_block(block.first, block.records);
  }

 private:
  RecordSource& source_;
  TakenKeys& taken_;
  ShardReader reader_;
  std::string name_;
};

}  // namespace

std::vector<ShardInfo> settle_shards(RecordSource& source,
                                     std::span<const fs::path> files,
                                     const SettledSet& set,
                                     Sha256& digest,
                                     Progress& progress) {
  namespace t = tbb;
  const std::size_t workers = thread_count(set.threads);
  const t::global_control limit(t::global_control::max_allowed_parallelism, workers);
  const auto serial = t::filter_mode::serial_in_order;
  const auto parallel = t::filter_mode::parallel;
  const auto shards = static_cast<int>(files.size());
  TakenKeys taken(set.count);
  std::vector<ShardInfo> settled;
  for (int shard = 0; shard < shards; ++shard) {
    const ShardSettling settling(source, taken, files[static_cast<std::size_t>(shard)]);
    ShardWriter writer(set.folder / shard_file_name(shard, shards),
                       first_of_shard(source, set.count, shard, shards));
    std::size_t next = 0;
    const auto cut = [&](t::flow_control& control) -> std::size_t {
      check_interrupted("the same command again begins anew");
      if (next == settling.blocks()) control.stop();
      return next++;
    };
    const auto read = [&](std::size_t number) { return settling.read(number); };
    const auto take = [&](StoredBlock block) {
      settling.take(block);
      return block;
    };
    const auto encode = [](StoredBlock block) {
      ShardSettling::encode(block);
      return block;
    };
    const auto store = [&](const StoredBlock& block) {
      add_to_digest(digest, block.records);
      writer.add_block(block.bytes, static_cast<std::uint32_t>(block.records.size()));
      progress.update(block.first + block.records.size());
    };
    const auto line = t::make_filter<void, std::size_t>(serial, cut) &
                      t::make_filter<std::size_t, StoredBlock>(parallel, read) &
                      t::make_filter<StoredBlock, StoredBlock>(serial, take) &
                      t::make_filter<StoredBlock, StoredBlock>(parallel, encode) &
                      t::make_filter<StoredBlock, void>(serial, store);
    try {
      t::parallel_pipeline(4 * workers, line);
      settled.push_back(writer.finish());
    } catch (...) {
      writer.discard();
      throw;
    }
  }
  return settled;
}

}  // namespace recombine
