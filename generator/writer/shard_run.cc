#include "generator/writer/shard_run.h"

#include <algorithm>
#include <iterator>

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include "data/error.h"
#include "data/storage/shard.h"
#include "generator/writer/in_order.h"

namespace recombine {
namespace {

constexpr int kMaxAttempts = 10000;
constexpr const char* kAdvice = "the same command with --resume goes on";

/// What travels through the pipeline: the records of one block.
struct Batch {
  std::uint64_t first = 0;
  std::vector<Item> items;
  std::vector<std::string> records;
  std::string block;
};

std::uint64_t records_of(const Batch& batch) { return batch.records.size(); }

}  // namespace

Item make_unique(
    RecordSource& source, TakenKeys& taken, Item first, std::uint64_t index, int attempt) {
  Item item = std::move(first);
  while (!taken.take(item.key)) {
    check_interrupted(kAdvice);
    require(++attempt < kMaxAttempts, "item ", index, ": its key was taken ", kMaxAttempts,
            " times; the options allow fewer different items than --episodes asks for");
    item = source.make(index, attempt);
  }
  return item;
}

void ShardRun::take_finished(const std::vector<std::string>& records) {
  for (const std::string& record : records) taken.take(source.key_of(record));
  add_to_digest(digest, records);
}

/// Takes what a resumed part holds, block by block: a shard may be large. Returns how many.
std::uint64_t ShardRun::take_kept(ShardWriter& writer) {
  std::vector<std::string> kept = writer.kept();
  for (auto first = kept.begin(); first != kept.end();) {
    const auto last = first + std::min<std::ptrdiff_t>(kBlockRecords, kept.end() - first);
    take_finished({std::make_move_iterator(first), std::make_move_iterator(last)});
    first = last;
  }
  return kept.size();
}

ShardInfo ShardRun::write(int shard) {
  const auto file = folder / shard_file_name(shard, shards);
  const std::uint64_t begin = shard_begin(count, shard, shards);
  const std::uint64_t end = shard_begin(count, shard + 1, shards);
  if (resume && !source.in_order() && std::filesystem::exists(file)) {
    const ShardReader reader(file);
    for (std::size_t block = 0; block < reader.blocks(); ++block)
      take_finished(reader.block(block));
    progress.update(end);
    return describe_shard(file);
  }
  const bool go_on = resume && !source.in_order();
  ShardWriter writer = go_on ? ShardWriter::resume(file, begin) : ShardWriter(file, begin);
  const std::uint64_t kept = take_kept(writer);
  part_stays = kept > 0;
  try {
    write_rest(writer, begin + kept, end);
    return writer.finish();
  } catch (const Interrupted&) {
    throw;
  } catch (const InputError&) {
    part_stays = kept > 0;
    if (!part_stays) writer.discard();
    throw;
  } catch (...) {
    if (!part_stays) writer.discard();
    throw;
  }
}

void ShardRun::write_rest(ShardWriter& writer, std::uint64_t begin, std::uint64_t end) {
  namespace t = tbb;
  const std::size_t workers = thread_count(threads);
  const t::global_control limit(t::global_control::max_allowed_parallelism, workers);
  const std::string advice = kAdvice;
  std::uint64_t next = begin;
  const auto cut = [&](t::flow_control& control) {
    Batch batch{next, {}, {}, {}};
    if (next >= end) {
      control.stop();
      return batch;
    }
    batch.items.resize(std::min<std::uint64_t>(kBlockRecords, end - next));
    next += batch.items.size();
    return batch;
  };
  const auto make = [&](Batch batch) {
    for (std::size_t i = 0; i < batch.items.size(); ++i) {
      check_interrupted(advice);
      batch.items[i] = source.make(batch.first + i, 0);
    }
    return batch;
  };
  const auto unify = [&](Batch batch) {
    for (std::size_t i = 0; i < batch.items.size(); ++i) {
      Item item = make_unique(source, taken, std::move(batch.items[i]), batch.first + i, 0);
      batch.records.push_back(std::move(item.record));
    }
    return batch;
  };
  const auto encode = [](Batch batch) {
    batch.block = encode_block(batch.first, batch.records);
    return batch;
  };
  const auto store = [&](const Batch& batch) {
    check_interrupted(advice);
    add_to_digest(digest, batch.records);
    writer.add_block(batch.block, static_cast<std::uint32_t>(records_of(batch)));
    part_stays = part_stays || !source.in_order();
    progress.update(batch.first + records_of(batch));
  };
  const auto makers =
      source.in_order() ? t::filter_mode::serial_in_order : t::filter_mode::parallel;
  const auto serial = t::filter_mode::serial_in_order;
  t::parallel_pipeline(4 * workers,
                       t::make_filter<void, Batch>(serial, cut) &
                           t::make_filter<Batch, Batch>(makers, make) &
                           t::make_filter<Batch, Batch>(serial, unify) &
                           t::make_filter<Batch, Batch>(t::filter_mode::parallel, encode) &
                           t::make_filter<Batch, void>(serial, store));
}

}  // namespace recombine
