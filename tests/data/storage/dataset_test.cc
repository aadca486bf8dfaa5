#include "data/storage/dataset.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/codec.h"
#include "data/storage/file.h"
#include "data/storage/set_writer.h"
#include "data/storage/shard.h"
#include "tests/data/no_file_grows.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

using testing::HasSubstr;

Episode make_episode(int number) {
  Episode episode;
  episode.id = "e" + std::to_string(number);
  episode.grammar.shape_rule() = {"translation", {{"direction", "x"}, {"step_size", "1"}}};
  episode.grammar.role_shape = "0001";
  episode.grammar.role_colour = 3;
  Example example{kShapeRole, Grid::parse("12/3", 5), Grid::parse("/0123/9", 5)};
  example.input(4, 4) = static_cast<Colour>(1 + number % 9);
  episode.study = {example, example};
  episode.spare = {example};
  episode.queries = {example};
  return episode;
}

/// A data set of `count` episodes.
void write_set(const std::filesystem::path& folder, int count) {
  SetWriter writer(folder, "grids");
  for (int i = 0; i < count; ++i) writer.add(encode_episode(make_episode(i)));
  writer.finish({{"family", "grids"}});
}

std::filesystem::path shard_of(const std::filesystem::path& folder) {
  return folder / shard_file_name(0, 1);
}

void change_byte(const std::filesystem::path& file, std::size_t place) {
  std::string bytes = read_file(file);
  bytes[place] = static_cast<char>(bytes[place] ^ 0x20);
  write_file(file, bytes);
}

TEST(EpisodeRecord, ComesBackAsItWas) {
  const Episode episode = make_episode(7);
  EXPECT_EQ(decode_episode(encode_episode(episode)), episode);
}

TEST(EpisodeRecord, HoldsFullGridsOfTheLargestSide) {
  Episode episode = make_episode(0);
  Example full{kUnknownRoles, Grid(kMaxSide), Grid(kMaxSide)};
  for (Colour& colour : full.input.cells()) colour = 9;
  episode.study = {full};
  episode.spare = {};
  episode.queries = {full};
  EXPECT_EQ(decode_episode(encode_episode(episode)), episode);
}

TEST(EpisodeRecord, IsRefusedWhereItIsCut) {
  const std::string record = encode_episode(make_episode(1));
  for (std::size_t size = 0; size < record.size(); ++size) {
    EXPECT_THROW(decode_episode(std::string_view(record).substr(0, size)), DataError) << size;
  }
}

TEST(EpisodeSet, IsARangeInOrder) {
  const TemporaryFolder folder;
  write_set(folder / "set", 200);
  const EpisodeSet set(folder / "set");
  ASSERT_EQ(set.size(), 200U);
  int number = 0;
  for (const Episode& episode : set) EXPECT_EQ(episode, make_episode(number++));
  EXPECT_EQ(number, 200);
  EXPECT_EQ(set[131], make_episode(131));
  EXPECT_EQ(set[3], make_episode(3));
}

TEST(EpisodeSet, MayBeEmpty) {
  const TemporaryFolder folder;
  write_set(folder / "set", 0);
  const EpisodeSet set(folder / "set");
  EXPECT_TRUE(set.empty());
  EXPECT_EQ(set.begin(), set.end());
}

TEST(EpisodeSet, FindsEveryFlippedByte) {
  const TemporaryFolder folder;
  write_set(folder / "set", 130);
  const auto shard = shard_of(folder / "set");
  const std::string whole = read_file(shard);
  for (std::size_t place = 0; place < whole.size(); place += 7) {
    change_byte(shard, place);
    const auto read_all = [&] {
      for (const Episode& episode : EpisodeSet(folder / "set")) EXPECT_FALSE(episode.id.empty());
    };
    EXPECT_THAT(message_of<DataError>(read_all), HasSubstr("shard-00000-of-00001.rcb"))
        << "byte " << place;
    write_file(shard, whole);
  }
}

TEST(EpisodeSet, NamesTheDamagedBlock) {
  const TemporaryFolder folder;
  write_set(folder / "set", 3 * static_cast<int>(kBlockRecords));
  const ShardReader reader(shard_of(folder / "set"));
  ASSERT_EQ(reader.blocks(), 3U);
  change_byte(shard_of(folder / "set"),
              read_file(shard_of(folder / "set")).size() / 2);  // in the second block
  const EpisodeSet set(folder / "set");
  EXPECT_EQ(set[0], make_episode(0));
  EXPECT_THAT(message_of<DataError>([&] { set[kBlockRecords]; }), HasSubstr("block 1 is damaged"));
}

TEST(EpisodeSet, RefusesACutOrMissingShard) {
  const TemporaryFolder folder;
  write_set(folder / "set", 100);
  const auto shard = shard_of(folder / "set");
  const std::string whole = read_file(shard);
  write_file(shard, whole.substr(0, whole.size() - 100));
  EXPECT_THAT(message_of<DataError>([&] { EpisodeSet{folder / "set"}; }), HasSubstr("cut off"));
  EXPECT_THAT(message_of<DataError>([&] { ShardReader{shard}; }), HasSubstr("cut off"));
  std::filesystem::remove(shard);
  EXPECT_THAT(message_of<DataError>([&] { EpisodeSet{folder / "set"}; }), HasSubstr("is missing"));
}

TEST(EpisodeSet, RefusesWhatIsNoManifest) {
  const TemporaryFolder folder;
  EXPECT_THAT(message_of<DataError>([&] { EpisodeSet{folder.path()}; }),
              HasSubstr("no manifest.json in it or below"));
  std::filesystem::create_directories(folder / "begun");
  write_file(folder / "begun/shard-00000.rcb.part", "x");
  EXPECT_THAT(message_of<DataError>([&] { EpisodeSet{folder / "begun"}; }),
              HasSubstr("a set that generate --resume finishes, or a part"));
  for (const char* set : {"train", "test_ood"}) {
    std::filesystem::create_directories(folder / set);
    write_file(folder / set / "manifest.json", "{}");
  }
  EXPECT_THAT(message_of<DataError>([&] { EpisodeSet{folder.path()}; }),
              HasSubstr("; the data sets below it are train, test_ood"));
  write_file(folder / "manifest.json", "{}");
  EXPECT_THAT(message_of<DataError>([&] { EpisodeSet{folder.path()}; }),
              HasSubstr("manifest.json"));
}

TEST(SetWriter, LeavesNothingWithoutFinish) {
  const TemporaryFolder folder;
  {
    SetWriter writer(folder / "set", "grids");
    for (int i = 0; i < 100; ++i) writer.add(encode_episode(make_episode(i)));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder / "set"));
}

TEST(ShardWriter, ResumesAfterItsWholeBlocks) {
  const TemporaryFolder folder;
  const auto file = folder / "shard.rcb";
  std::vector<std::string> block;
  for (std::uint32_t i = 0; i < kBlockRecords; ++i) block.push_back("record " + std::to_string(i));
  {
    ShardWriter writer(file, 10);
    writer.add_block(encode_block(10, block), kBlockRecords);
    writer.add_block(encode_block(10 + kBlockRecords, block), kBlockRecords);
  }
  const auto part = std::filesystem::path(file.string() + ".part");
  write_file(part,
             read_file(part).substr(0, read_file(part).size() - 5));  // the second block is torn
  std::vector<std::vector<std::string>> kept;
  ShardWriter writer =
      ShardWriter::resume(file, 10, [&](auto records) { kept.push_back(std::move(records)); });
  EXPECT_THAT(kept, testing::ElementsAre(block));
  EXPECT_EQ(writer.records(), kBlockRecords);
  writer.add_block(encode_block(10 + kBlockRecords, block), kBlockRecords);
  EXPECT_EQ(writer.finish().count, 2 * kBlockRecords);
  EXPECT_EQ(ShardReader(file).block(1), block);
}

TEST(ShardWriter, LeavesNoPartWhereItCannotBegin) {
  const TemporaryFolder folder;
  {
    const NoFileGrows limit;
    EXPECT_THROW(ShardWriter(folder / "shard.rcb", 0), DataError);
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(ShardBegin, CutsEveryCountIntoContiguousRanges) {
  for (const std::uint64_t count : {1ULL, 7ULL, 100000ULL, 12345678901ULL}) {
    EXPECT_EQ(shard_begin(count, 0, 7), 0U);
    EXPECT_EQ(shard_begin(count, 7, 7), count);
    for (int k = 0; k < 7; ++k) EXPECT_LE(shard_begin(count, k, 7), shard_begin(count, k + 1, 7));
  }
}

TEST(DataSetNames, ListsSetsInTheirUsualOrder) {
  const TemporaryFolder folder;
  for (const char* name : {"test_ood", "extra", "train", "val_id"}) write_set(folder / name, 1);
  EXPECT_EQ(data_set_names(folder.path()),
            (std::vector<std::string>{"train", "val_id", "test_ood", "extra"}));
  EXPECT_EQ(data_set_names(folder / "train"), std::vector<std::string>{""});
}

}  // namespace
}  // namespace recombine
