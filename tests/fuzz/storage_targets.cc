// What data/storage reads.

#include <algorithm>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/block.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "data/storage/prediction_parts.h"
#include "data/storage/safetensors.h"
#include "data/storage/shard.h"
#include "tests/fuzz/fixtures.h"
#include "tests/fuzz/reseal.h"
#include "tests/fuzz/scratch.h"
#include "tests/fuzz/target.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostItems = 200;

void require_same(bool same, const char* what) {
  if (!same) throw std::logic_error(cat(what, ": differs after a round trip"));
}

/// Reads the first items, and the last.
template <class Set>
void read_items(const Set& set) {
  for (std::size_t i = 0; i < std::min(set.size(), kMostItems); ++i) set[i];
  if (!set.empty()) set[set.size() - 1];
}

/// The shard in a data set whose manifest agrees with it.
void read_shard(std::string_view bytes) {
  const std::string name = shard_file_name(0, 1);
  const fs::path file = scratch_file("shard/" + name, bytes);
  const ShardReader reader(file);
  Manifest manifest;
  manifest.family = kGrids.name;
  manifest.count = reader.count();
  manifest.recipe = Json::object();
  manifest.shards = {{name, reader.count(), bytes.size(), "xxh3:"}};
  write_manifest(file.parent_path(), manifest);
  read_items(EpisodeSet(file.parent_path()));
}

/// The shard as what an interrupted run left.
void resume_shard(std::string_view bytes) {
  const fs::path part = scratch_file("resumed/s.rcb.part", bytes);
  ShardWriter writer = ShardWriter::resume(scratch_folder() / "resumed/s.rcb", 0,
                                           [](const std::vector<std::string>&) {});
  writer.discard();
}

void both_shards(std::string_view bytes) {
  resume_shard(bytes);
  const std::string sealed = reseal_shard(std::string(bytes));
  resume_shard(sealed);
  try {
    read_shard(bytes);
  } catch (const DataError&) {  // NOLINT(bugprone-empty-catch): the next one is the deeper one
  }
  read_shard(sealed);
}

/// The first two bytes say how many records there are, the rest is what lies compressed; or the
/// bytes are a block.
void read_block(std::string_view bytes) {
  if (bytes.starts_with("RCBK")) {
    decode_block(reseal_block(std::string(bytes)));
    return;
  }
  if (bytes.size() < 2) return;
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); };
  const auto records = static_cast<std::uint32_t>(byte(0) + 256 * byte(1));
  decode_block(block_of_payload(bytes.substr(2), records));
}

std::vector<std::string> block_seeds() {
  const std::string shard = shard_bytes(fuzz_grids());
  const std::string block = encode_block(0, {"one", "", "three"});
  const std::size_t second = block_places(shard).back();
  return {block, shard.substr(second), std::string("\2\0\1\0\0\0\2\0\0\0abb", 13)};
}

std::string record_of(const fs::path& set, std::string_view family, std::size_t index) {
  return std::string(RecordSet(set, family).record(index));
}

void read_episode(std::string_view bytes) {
  const Episode episode = decode_episode(bytes);
  require_same(decode_episode(encode_episode(episode)) == episode, "episode");
}

void read_fact_record(std::string_view bytes) {
  const FactItem item = decode_fact(bytes, fuzz_vocabulary());
  require_same(decode_fact(encode_fact(item), fuzz_vocabulary()) == item, "fact");
}

void read_manifest_text(std::string_view bytes) {
  static const fs::path kShard =
      scratch_file("manifest/" + shard_file_name(0, 1), shard_bytes(fuzz_grids()));
  scratch_file("manifest/manifest.json", bytes);
  open_set(kShard.parent_path(), [](const auto& set) { read_items(set); });
}

void read_tensors(std::string_view bytes) {
  const auto read = [](std::string_view file) {
    const SafeTensors content = decode_safetensors(file);
    require_same(decode_safetensors(encode_safetensors(content)) == content, "safetensors");
  };
  try {
    read(bytes);
  } catch (const DataError&) {  // NOLINT(bugprone-empty-catch): as above
  }
  read(reseal_safetensors(std::string(bytes)));
}

std::vector<std::string> tensor_seeds() {
  SafeTensors content;
  content.tensors["a.weight"] = {"F32", {2, 3}, std::string(24, '\1')};
  content.tensors["b"] = {"I64", {}, std::string(8, '\2')};
  content.tensors["c"] = {"U8", {0}, ""};
  content.metadata = {{"format", "pt"}};
  return {encode_safetensors(content), encode_safetensors({})};
}

void read_rows(std::string_view bytes) { read_predictions(scratch_file("rows/p.jsonl", bytes)); }

void read_meta(std::string_view bytes) {
  scratch_file("meta/p.meta.json", bytes);
  static const fs::path kRows =
      scratch_file("meta/p.jsonl", read_file(fuzz_predictions()).substr(0, 2000));
  for (const PredictionFiles& files : group_parts(std::vector{kRows}))
    for_each_prediction(files, [](const Prediction&) {});
}

}  // namespace

std::vector<FuzzTarget> storage_targets() {
  const auto item = [](std::size_t index) {
    return record_of(fuzz_world() / "train", kFacts.name, index);
  };
  return {
      {"shard", both_shards, [] { return std::vector{shard_bytes(fuzz_grids())}; }},
      {"block", read_block, block_seeds},
      {"episode-record", read_episode,
       [] { return std::vector{record_of(fuzz_grids(), kGrids.name, 0)}; }},
      {"fact-record", read_fact_record,
       [item] {
         return std::vector{item(0), item(30)};
       }},
      {"manifest", read_manifest_text,
       [] {
         return std::vector{read_file(fuzz_grids() / kManifestFile),
                            read_file(fuzz_world() / "train" / kManifestFile)};
       }},
      {"safetensors", read_tensors, tensor_seeds},
      {"predictions", read_rows,
       [] { return std::vector{read_file(fuzz_predictions()).substr(0, 3000)}; }},
      {"predictions-meta", read_meta,
       [] { return std::vector{read_file(meta_file(fuzz_predictions()))}; }},
  };
}

}  // namespace recombine
