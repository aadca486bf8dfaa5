// Disks that give back other bytes than were written: every byte flipped in turn, files cut at
// every length, blocks exchanged, numbers forged with the checksums put right. What is read then is
// refused or what was written, and costs no more than the file.

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <optional>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/block.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "data/storage/prediction_parts.h"
#include "data/storage/safetensors.h"
#include "data/storage/set_writer.h"
#include "data/storage/shard.h"
#include "data/storage/shard_layout.h"
#include "tests/data/temporary_folder.h"
#include "tests/fuzz/allocations.h"
#include "tests/fuzz/fixtures.h"
#include "tests/fuzz/reseal.h"
#include "tests/fuzz/scratch.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kHeldTimes = 10;  ///< bytes that may be held for each of the file
constexpr std::uint64_t kReadersBytes = std::uint64_t{4} << 20U;  ///< buffers, whatever is read
constexpr std::chrono::seconds kLongestRead{10};
constexpr std::array<std::uint64_t, 9> kForgeries = {0,
                                                     1,
                                                     0x7FFFFFFF,
                                                     0xFFFFFFFF,
                                                     std::uint64_t{1} << 40U,
                                                     0x7FFFFFFFFFFFFFFF,
                                                     std::uint64_t{1} << 63U,
                                                     0xFFFFFFFFFFFFFFC0,
                                                     0xFFFFFFFFFFFFFFFF};

/// 140 small records in one shard of three blocks.
fs::path make_small_set(const std::string& name) {
  const FactVocabulary vocabulary{.task = "composition", .entities = 50, .relations = 4};
  fs::path folder = scratch_place(name);
  SetWriter writer(folder, std::string(kFacts.name), to_json(vocabulary));
  for (Token i = 0; i < 140; ++i) {
    FactItem item;
    item.tokens = {vocabulary.entity(static_cast<int>(i) % 50),
                   vocabulary.relation(static_cast<int>(i) / 50),
                   vocabulary.entity(static_cast<int>(7 * i) % 50), vocabulary.end()};
    item.prompt = 2;
    item.path = {item.tokens[0], item.tokens[2]};
    writer.add(encode_fact(item));
  }
  writer.finish({{"family", "facts"}});
  return folder;
}

/// A kind of file: its sound bytes, and all that is read of it, as one text.
struct Disk {
  std::string bytes;
  std::function<std::string(const std::string& bytes)> read;

  /// What is read of such bytes; nothing where they are refused. Any other end is a failure.
  std::optional<std::string> try_read(const std::string& damaged) const {
    const AllocationWatch watch;
    const auto begin = std::chrono::steady_clock::now();
    std::optional<std::string> text;
    try {
      text = read(damaged);
    } catch (const DataError& error) {
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
    }
    EXPECT_LT(watch.most(), kHeldTimes * std::max(damaged.size(), bytes.size()) + kReadersBytes);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, kLongestRead);
    return text;
  }
};

/// The items of the set in which one file has these bytes.
std::string items_with(const fs::path& folder, const std::string& file, const std::string& bytes) {
  scratch_file(fs::relative(folder / file, scratch_folder()).string(), bytes);
  const FactSet set(folder);
  std::string text = cat(set.size(), " items ");
  for (const FactItem& item : set) text += item.id + " " + encode_fact(item);
  return text;
}

Disk shard_disk() {
  static const fs::path kFolder = make_small_set("lying/shard");
  static const std::string kBytes = shard_bytes(kFolder);
  return {kBytes, [](const std::string& bytes) {
            return items_with(kFolder, shard_file_name(0, 1), bytes);
          }};
}

Disk manifest_disk() {
  static const fs::path kFolder = make_small_set("lying/manifest");
  static const std::string kBytes = read_file(kFolder / kManifestFile);
  return {kBytes,
          [](const std::string& bytes) { return items_with(kFolder, kManifestFile, bytes); }};
}

Disk checkpoint_disk() {
  SafeTensors content;
  content.tensors["embedding.weight"] = {"F32", {4, 3}, std::string(48, '\1')};
  content.tensors["head.bias"] = {"BF16", {5}, std::string(10, '\2')};
  content.tensors["step"] = {"I64", {}, std::string(8, '\3')};
  content.metadata = {{"model", "fast"}};
  return {
      encode_safetensors(content), [](const std::string& bytes) {
        return encode_safetensors(read_safetensors(scratch_file("lying/model.safetensors", bytes)));
      }};
}

std::string rows_of(const fs::path& predictions) {
  std::string text;
  const std::vector<fs::path> files = {predictions};
  for (const PredictionFiles& all : group_parts(files)) {
    text += all.meta.predictor.name;
    for_each_prediction(all, [&](const Prediction& row) { text += row.item + row.text; });
  }
  return text;
}

Disk predictions_disk() {
  static const std::string kMeta = read_file(meta_file(fuzz_predictions()));
  const std::string rows = read_file(fuzz_predictions());
  return {rows.substr(0, rows.find('\n', 400) + 1), [](const std::string& bytes) {
            scratch_file("lying/p.meta.json", kMeta);
            return rows_of(scratch_file("lying/p.jsonl", bytes));
          }};
}

Disk meta_disk() {
  static const std::string kRows = read_file(fuzz_predictions()).substr(0, 0);
  return {read_file(meta_file(fuzz_predictions())), [](const std::string& bytes) {
            scratch_file("lying-meta/p.meta.json", bytes);
            return rows_of(scratch_file("lying-meta/p.jsonl", kRows));
          }};
}

std::string flipped(std::string bytes, std::size_t at) {
  bytes[at] = static_cast<char>(bytes[at] ^ (1 << (at % 8)));
  return bytes;
}

/// The text with number `which` of it (from 0) replaced; empty where it has fewer.
std::string with_number(const std::string& text, std::size_t which, const std::string& number) {
  std::size_t begin = 0;
  std::size_t end = 0;
  for (std::size_t seen = 0; seen <= which; ++seen) {
    begin = text.find_first_of("0123456789", end);
    if (begin == std::string::npos) return {};
    end = std::min(text.find_first_not_of("0123456789", begin), text.size());
  }
  return text.substr(0, begin) + number + text.substr(end);
}

TEST(LyingDisk, OfAShardIsFoundOutWhicheverByteItFlips) {
  const Disk disk = shard_disk();
  const std::string sound = disk.try_read(disk.bytes).value();
  ASSERT_GT(sound.size(), 1000U);
  for (std::size_t at = 0; at < disk.bytes.size(); ++at)
    EXPECT_FALSE(disk.try_read(flipped(disk.bytes, at)).has_value()) << "byte " << at;
}

TEST(LyingDisk, OfAShardIsFoundOutWhereverItCuts) {
  const Disk disk = shard_disk();
  for (std::size_t size = 0; size < disk.bytes.size(); ++size)
    EXPECT_FALSE(disk.try_read(disk.bytes.substr(0, size)).has_value()) << size;
  EXPECT_FALSE(disk.try_read(disk.bytes + '\0').has_value());
}

TEST(LyingDisk, OfAShardIsFoundOutWhereItExchangesBlocks) {
  const Disk disk = shard_disk();
  const std::vector<std::size_t> places = block_places(disk.bytes);
  ASSERT_EQ(places.size(), 3U);
  const std::string first = disk.bytes.substr(places[0], places[1] - places[0]);
  const std::string second = disk.bytes.substr(places[1], places[2] - places[1]);
  std::string exchanged = disk.bytes;
  exchanged.replace(places[0], places[2] - places[0], second + first);
  EXPECT_FALSE(disk.try_read(exchanged).has_value());
  EXPECT_FALSE(disk.try_read(reseal_shard(exchanged)).has_value());
  std::string doubled = disk.bytes;
  doubled.replace(places[1], first.size(), first);
  EXPECT_FALSE(disk.try_read(doubled.substr(0, disk.bytes.size())).has_value());
}

/// Every place of header, blocks' headers, index and trailer, not only those of a number: a number
/// that is half forged is one, too.
TEST(LyingDisk, OfAShardGainsNothingByForgedNumbersUnderRightChecksums) {
  const Disk disk = shard_disk();
  const std::string sound = disk.try_read(disk.bytes).value();
  std::vector<std::size_t> places;
  const auto add = [&](std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end; at += 4) places.push_back(at);
  };
  add(8, kShardHeaderBytes);
  for (const std::size_t block : block_places(disk.bytes))
    add(block + 4, block + kBlockHeaderBytes);
  const std::size_t trailer = disk.bytes.size() - kShardTrailerBytes;
  add(get_u64(disk.bytes, trailer), trailer + 24);
  ASSERT_GT(places.size(), 40U);
  for (const std::size_t at : places) {
    for (const std::uint64_t forgery : kForgeries) {
      for (const std::size_t width : {std::size_t{4}, std::size_t{8}}) {
        std::string number;
        put_u64(number, forgery);
        std::string forged = disk.bytes;
        forged.replace(at, width, number.substr(0, width));
        const auto text = disk.try_read(reseal_shard(forged.substr(0, disk.bytes.size())));
        EXPECT_TRUE(!text || *text == sound) << at << ": " << forgery;
      }
    }
  }
}

/// A sound block of a set that holds ten thousand times its bytes: 128 MiB of zeros. (Checksums
/// are right, so that only the sizes speak against it.)
TEST(LyingDisk, OfAShardHoldsNoBomb) {
  const std::string bomb = block_of_payload(std::string(std::size_t{128} << 20U, '\0'), 64);
  ASSERT_LT(bomb.size(), 20'000U);
  const AllocationWatch watch;
  EXPECT_NE(message_of<DataError>([&] {
              decode_block(bomb);
            }).find("holds more than 16 MiB and over 256 times what it takes in the file"),
            std::string::npos);
  EXPECT_LT(watch.most(), kReadersBytes);
}

/// What a flipped digit of its vocabulary or its recipe says is found by verify alone.
TEST(LyingDisk, OfAManifestGivesAllItemsOrNone) {
  const Disk disk = manifest_disk();
  ASSERT_TRUE(disk.try_read(disk.bytes).has_value());
  for (std::size_t at = 0; at < disk.bytes.size(); ++at) {
    const auto text = disk.try_read(flipped(disk.bytes, at));
    EXPECT_TRUE(!text || text->starts_with("140 items ")) << "byte " << at;
  }
  for (std::size_t size = 0; size + 1 < disk.bytes.size(); ++size)
    EXPECT_FALSE(disk.try_read(disk.bytes.substr(0, size)).has_value()) << size;
}

TEST(LyingDisk, OfACheckpointIsFoundOutWhereverItCuts) {
  const Disk disk = checkpoint_disk();
  ASSERT_TRUE(disk.try_read(disk.bytes).has_value());
  for (std::size_t size = 0; size < disk.bytes.size(); ++size)
    EXPECT_FALSE(disk.try_read(disk.bytes.substr(0, size)).has_value()) << size;
  for (std::size_t at = 0; at < 8; ++at)
    EXPECT_FALSE(disk.try_read(flipped(disk.bytes, at)).has_value()) << at;
}

/// Rows of predictions have no checksum: a digit that is another digit is an answer.
TEST(LyingDisk, OfPredictionsIsReadOrRefused) {
  for (const Disk& disk : {predictions_disk(), meta_disk(), checkpoint_disk()}) {
    ASSERT_TRUE(disk.try_read(disk.bytes).has_value());
    for (std::size_t at = 0; at < disk.bytes.size(); ++at) disk.try_read(flipped(disk.bytes, at));
    for (std::size_t size = 0; size < disk.bytes.size(); ++size)
      disk.try_read(disk.bytes.substr(0, size));
  }
}

TEST(LyingDisk, OfTextsGainsNothingByForgedNumbers) {
  for (const Disk& disk : {manifest_disk(), checkpoint_disk(), predictions_disk(), meta_disk()}) {
    for (std::size_t which = 0;; ++which) {
      if (with_number(disk.bytes, which, "0").empty()) break;
      for (const std::uint64_t forgery : kForgeries)
        disk.try_read(with_number(disk.bytes, which, std::to_string(forgery)));
      for (const char* text : {"-1", "-9223372036854775808", "1e300", "0.5"})
        disk.try_read(with_number(disk.bytes, which, text));
    }
  }
}

TEST(LyingDisk, OfAManifestLeadsToNoOtherFolder) {
  const Disk disk = manifest_disk();
  for (const std::string name :
       {"../shard/shard-00000-of-00001.rcb", "/etc/passwd", "..", "", "a/b"}) {
    Json json = Json::parse(disk.bytes);
    json["shards"][0]["file"] = name;
    EXPECT_FALSE(disk.try_read(json.dump()).has_value()) << name;
  }
}

}  // namespace
}  // namespace recombine
