#include "generator/writer/writer.h"

#include <csignal>
#include <cstdlib>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/progress.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "data/storage/shard.h"
#include "data/storage/writer_lock.h"
#include "generator/grids/search/grid_source.h"
#include "generator/writer/folder.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/grids/search/few_keys.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

GridRunConfig run_of(std::uint64_t episodes, const std::string& stream = "counter") {
  GridRunConfig run;
  run.episodes = episodes;
  run.stream = stream;
  return run;
}

Manifest write(const WriteOptions& options, const std::string& stream = "counter") {
  const auto source = make_grid_source(GridConfig{}, run_of(options.count, stream));
  return write_data_set(*source, options).value();
}

/// Makes of 690 items in three shards what a kill within the last leaves: no manifest, the recipe
/// still there, and of the last shard a part: two whole blocks, up to item 588, and a torn one.
void tear(const fs::path& folder) {
  const fs::path last = folder / shard_file_name(2, 3);
  std::vector<std::string> blocks;
  for (std::uint64_t i = 0; i < 3; ++i)
    blocks.push_back(encode_block(460 + i * kBlockRecords, ShardReader(last).block(i)));
  blocks.back().resize(50);
  fs::remove(last);
  fs::remove(folder / kManifestFile);
  ShardWriter part(last, 460);
  for (const std::string& block : blocks) part.add_block(block, kBlockRecords);
  const Json begun = {{"family", "test"}, {"count", 690}, {"shards", 3}};
  write_file(folder / kRecipeFile, begun.dump(2) + "\n");
}

TEST(WriteDataSet, GivesOneDigestForAnyThreadsAndShards) {
  const TemporaryFolder folder;
  const std::string digest = write(options_of(folder / "a", 700)).digest;
  EXPECT_EQ(write(options_of(folder / "b", 700, 1, 2)).digest, digest);
  EXPECT_EQ(write(options_of(folder / "c", 700, 7, 2)).digest, digest);
  EXPECT_EQ(write(options_of(folder / "d", 700, 50)).digest, digest);
  EXPECT_EQ(read_file(folder / "a" / shard_file_name(0, 1)),
            read_file(folder / "b" / shard_file_name(0, 1)));
}

TEST(WriteDataSet, GivesTheSameFromRunsOfOneShardEach) {
  const TemporaryFolder folder;
  FewKeys source;
  const auto whole = write_data_set(source, options_of(folder / "a", 600, 7)).value();
  std::optional<Manifest> last;
  for (const int shard : {3, 0, 6, 1, 5, 2, 4}) {
    EXPECT_FALSE(last.has_value());
    WriteOptions options = options_of(folder / "b", 600, 7);
    options.only_shard = shard;
    last = write_data_set(source, options);
  }
  ASSERT_TRUE(last.has_value());
  EXPECT_EQ(last->digest, whole.digest);
  EXPECT_EQ(last->shards, whole.shards);
}

TEST(WriteDataSet, KeepsKeysDistinct) {
  const TemporaryFolder folder;
  FewKeys source;
  write_data_set(source, options_of(folder / "a", 650, 3));
  std::set<std::string> keys;
  for (int shard = 0; shard < 3; ++shard) {
    const ShardReader reader(folder / "a" / shard_file_name(shard, 3));
    for (std::size_t block = 0; block < reader.blocks(); ++block) {
      for (const std::string& record : reader.block(block))
        EXPECT_TRUE(keys.insert(source.key_of(record)).second);
    }
  }
  EXPECT_EQ(keys.size(), 650U);
}

TEST(WriteDataSet, SaysWhereThereAreTooFewDifferentItems) {
  const TemporaryFolder folder;
  FewKeys source;
  const auto message =
      message_of<InputError>([&] { write_data_set(source, options_of(folder / "a", 702)); });
  EXPECT_THAT(message, HasSubstr("--episodes"));
  EXPECT_FALSE(fs::exists(folder / "a"));
}

TEST(WriteDataSet, ResumesWhatWasInterrupted) {
  const TemporaryFolder folder;
  FewKeys source;
  const fs::path b = folder / "b";
  const std::string digest = write_data_set(source, options_of(folder / "a", 690, 3))->digest;
  write_data_set(source, options_of(b, 690, 3));
  tear(b);
  const auto refusal = [&](const WriteOptions& options) {
    return message_of<DataError>([&] { write_data_set(source, options); });
  };
  EXPECT_THAT(refusal(options_of(b, 690, 3)), HasSubstr("--resume"));
  WriteOptions other = options_of(b, 689, 3);
  other.resume = true;
  EXPECT_THAT(refusal(other), HasSubstr("other options"));
  WriteOptions options = options_of(b, 690, 3);
  options.resume = true;
  CountingKeys counting;
  EXPECT_EQ(write_data_set(counting, options)->digest, digest);
  EXPECT_EQ(counting.lowest(), 588U);
  EXPECT_FALSE(fs::exists(b / kRecipeFile));
}

TEST(WriteDataSet, ClearsUpWhereItWasKilledBehindItsLastWrite) {
  const TemporaryFolder folder;
  WriteOptions options = options_of(folder / "a", 70, 1);
  write(options);
  const fs::path recipe = options.folder / kRecipeFile;
  const fs::path lock = lock_beside(options.folder / shard_file_name(0, 1));
  Json begun = read_manifest(options.folder).recipe;
  begun["shards"] = 1;
  write_file(recipe, begun.dump(2) + "\n");
  write_file(lock, "process 1 on host a\n");
  options.resume = true;
  write(options);
  EXPECT_FALSE(fs::exists(recipe));
  EXPECT_FALSE(fs::exists(lock));
}

TEST(WriteDataSet, ResumesEpisodes) {
  const TemporaryFolder folder;
  const std::string digest = write(options_of(folder / "a", 700, 3)).digest;
  const fs::path b = folder / "b";
  write(options_of(b, 700, 3));
  fs::remove(b / kManifestFile);
  const fs::path torn = b / shard_file_name(2, 3);
  write_file(torn.string() + ".part", read_file(torn).substr(0, 30000));
  fs::remove(torn);
  const Json begun = {{"family", "grids"},         {"stream", "counter"}, {"seed", 1860},
                      {"options", Json::object()}, {"count", 700},        {"shards", 3}};
  write_file(b / kRecipeFile, begun.dump(2) + "\n");
  WriteOptions options = options_of(b, 700, 3);
  options.resume = true;
  EXPECT_EQ(write(options).digest, digest);
}

TEST(WriteDataSetDeathTest, ListensBeforeItsFirstItem) {
  const TemporaryFolder folder;
  CountingKeys source;
  const auto work = [&] {
    catch_interrupts();
    std::raise(SIGINT);
    try {
      write_data_set(source, options_of(folder / "a", 600));
    } catch (const Interrupted&) {
      std::_Exit(source.lowest() == CountingKeys::kNone ? 7 : 8);
    }
    std::_Exit(1);
  };
  EXPECT_EXIT(work(), testing::ExitedWithCode(7), "");
}

TEST(WriteDataSet, KeepsFinishedShardsWhereTheDiskIsFull) {
  const TemporaryFolder folder;
  FewKeys source;
  const std::string digest = write_data_set(source, options_of(folder / "a", 600, 3))->digest;
  FailingKeys failing(450);  // within the third shard
  WriteOptions options = options_of(folder / "b", 600, 3);
  for (const bool resume : {false, true}) {
    options.resume = resume;
    EXPECT_THROW(write_data_set(failing, options), DataError);
    EXPECT_THAT(names_in(folder / "b"),
                testing::ElementsAre("recipe.json", shard_file_name(0, 3), shard_file_name(1, 3)));
  }
  EXPECT_EQ(write_data_set(source, options)->digest, digest);
}

TEST(WriteDataSet, KeepsWholeBlocksWhereTheDiskIsFull) {
  const TemporaryFolder folder;
  FewKeys source;
  const std::string digest = write_data_set(source, options_of(folder / "a", 600))->digest;
  FailingKeys failing(kLate);
  WriteOptions options = options_of(folder / "b", 600);
  EXPECT_THROW(write_data_set(failing, options), DataError);
  options.resume = true;
  CountingKeys counting;
  EXPECT_EQ(write_data_set(counting, options)->digest, digest);
  EXPECT_GE(counting.lowest(), kStored);
}

TEST(WriteDataSet, KeepsThePartOfAnEarlierRunWhereTheDiskIsFull) {
  const TemporaryFolder folder;
  FewKeys source;
  WriteOptions options = options_of(folder / "a", 690, 3);
  const std::string digest = write_data_set(source, options)->digest;
  tear(options.folder);
  options.resume = true;
  FailingKeys failing(600);  // within the first block that is not there
  EXPECT_THROW(write_data_set(failing, options), DataError);
  FailingKeys<InputError> refusing(600);
  EXPECT_THROW(write_data_set(refusing, options), InputError);
  CountingKeys counting;
  EXPECT_EQ(write_data_set(counting, options)->digest, digest);
  EXPECT_EQ(counting.lowest(), 588U);
}

TEST(WriteDataSet, LeavesNothingWhereNoBlockWasFinished) {
  const TemporaryFolder folder;
  FailingKeys failing(50);
  EXPECT_THROW(write_data_set(failing, options_of(folder / "a", 600, 3)), DataError);
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(WriteDataSet, RemovesNothingOfWhatItResumes) {
  const TemporaryFolder folder;
  FailingKeys failing(500);
  WriteOptions options = options_of(folder / "a", 702, 3);
  EXPECT_THROW(write_data_set(failing, options), DataError);
  options.resume = true;
  FewKeys too_few;
  EXPECT_THROW(write_data_set(too_few, options), InputError);
  EXPECT_TRUE(fs::exists(folder / "a" / shard_file_name(1, 3)));
}

TEST(WriteDataSet, RefusesAFolderInUse) {
  const TemporaryFolder folder;
  write(options_of(folder / "a", 10));
  EXPECT_THAT(message_of<DataError>([&] { write(options_of(folder / "a", 10)); }),
              HasSubstr("--force"));
  WriteOptions options = options_of(folder / "a", 20);
  options.force = true;
  EXPECT_EQ(write(options).count, 20U);
  write_file(folder / "diary", "mine");
  EXPECT_THROW(write(options_of(folder.path(), 10)), DataError);
  EXPECT_THROW(write(options_of("/proc/no/such/folder", 10)), DataError);
}

TEST(WriteDataSet, IsMadeAgainByItsRecipe) {
  const TemporaryFolder folder;
  GridConfig grids;
  grids.side = 8;
  grids.queries = 5;
  const auto source = make_grid_source(grids, run_of(50));
  const Manifest manifest = write_data_set(*source, options_of(folder / "a", 50)).value();
  const GridRecipe recipe = read_grid_recipe(manifest.recipe);
  EXPECT_EQ(recipe.grids, grids);
  const auto again = make_grid_source(recipe.grids, recipe.run);
  EXPECT_EQ(write_data_set(*again, options_of(folder / "b", recipe.run.episodes)).value().digest,
            manifest.digest);
}

TEST(WriteDataSet, WritesThePublishedStreamInOrder) {
  const TemporaryFolder folder;
  const Manifest one = write(options_of(folder / "a", 150, 1, 1), "published");
  const Manifest two = write(options_of(folder / "b", 150, 4, 2), "published");
  EXPECT_EQ(one.digest, two.digest);
  const EpisodeSet set(folder / "b");
  EXPECT_EQ(to_text(set[0].grammar.shape_rule()), "mirror direction=y");
}

}  // namespace
}  // namespace recombine
