#include "generator/writer/shard_run.h"

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include "data/error.h"
#include "data/storage/shard.h"
#include "generator/writer/in_order.h"

namespace recombine {
namespace {

constexpr const char* kAdvice = "the same command with --resume goes on";

/// What travels through the pipeline: the records of one block.
struct Batch {
  std::uint64_t first = 0;
  std::vector<Candidate> items;
  std::vector<std::string> records;
  std::string block;
};

std::uint64_t records_of(const Batch& batch) { return batch.records.size(); }

}  // namespace

void ShardRun::take_finished(const std::vector<std::string>& records) {
  for (const std::string& record : records) taken.take(source.key_of(record));
  add_to_digest(digest, records);
}

ShardInfo ShardRun::write(int shard) {
  const auto file = folder / shard_file_name(shard, shards);
  const std::uint64_t begin = first_of_shard(source, count, shard, shards);
  const std::uint64_t end = first_of_shard(source, count, shard + 1, shards);
  if (!resume || source.in_order() || !std::filesystem::exists(file)) return make(file, begin, end);
  const ShardReader reader(file);
  for (std::size_t block = 0; block < reader.blocks(); ++block) {
    check_interrupted(kAdvice);
    take_finished(reader.block(block));
  }
  progress.update(end - from);
  return describe_shard(file);
}

ShardInfo ShardRun::make(const std::filesystem::path& file,
                         std::uint64_t begin,
                         std::uint64_t end) {
  const auto take_kept = [&](const std::vector<std::string>& records) {
    check_interrupted(kAdvice);
    take_finished(records);
  };
  const bool go_on = resume && !source.in_order();
  ShardWriter writer =
      go_on ? ShardWriter::resume(file, begin, take_kept) : ShardWriter(file, begin);
  const bool kept = writer.records() > 0;
  part_stays = kept;
  try {
    write_rest(writer, begin + writer.records(), end);
    return writer.finish();
  } catch (const Interrupted&) {
    throw;
  } catch (const InputError&) {
    part_stays = kept;
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
      batch.items[i] = {source.make(batch.first + i, 0), 0};
    }
    // Most keys that are taken were so long ago: all threads make the next attempts.
    if (!source.in_order()) {
      for_each_unit(source, batch.items, batch.first, [&](auto unit, std::uint64_t index) {
        skip_taken(source, taken, unit, index);
      });
    }
    return batch;
  };
  const auto unify = [&](Batch batch) {
    for_each_unit(source, batch.items, batch.first,
                  [&](auto unit, std::uint64_t index) { make_unique(source, taken, unit, index); });
    for (Candidate& made : batch.items) batch.records.push_back(std::move(made.item.record));
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
    progress.update(batch.first + records_of(batch) - from);
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
