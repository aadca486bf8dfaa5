#include "generator/writer.h"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/dataset.h"
#include "data/error.h"
#include "data/file.h"
#include "data/shard.h"
#include "generator/grids/grid_source.h"
#include "tests/data/temporary_folder.h"

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

WriteOptions options_of(const fs::path& folder,
                        std::uint64_t count,
                        int shards = 1,
                        int threads = 1) {
  WriteOptions options;
  options.folder = folder;
  options.count = count;
  options.shards = shards;
  options.threads = threads;
  options.quiet = true;
  return options;
}

Manifest write(const WriteOptions& options, const std::string& stream = "counter") {
  const auto source = make_grid_source(GridConfig{}, run_of(options.count, stream));
  return write_data_set(*source, options).value();
}

/// Grammars repeat often: keys must be told apart across shards and threads.
class FewKeys : public RecordSource {
 public:
  Item make(std::uint64_t index, int attempt) override {
    const std::string key =
        std::to_string((index * 7 + static_cast<std::uint64_t>(attempt) * 13) % 701);
    return {key + "#" + std::to_string(index) + "#" + std::to_string(attempt), key};
  }
  std::string key_of(const std::string& record) const override {
    return record.substr(0, record.find('#'));
  }
  std::string family() const override { return "test"; }
  Json recipe() const override { return {{"family", "test"}}; }
};

/// Fails at one item, as a full disk does.
class FailingKeys : public FewKeys {
 public:
  explicit FailingKeys(std::uint64_t at) : at_(at) {}
  Item make(std::uint64_t index, int attempt) override {
    require_data(index != at_, "the disk is full");
    return FewKeys::make(index, attempt);
  }

 private:
  std::uint64_t at_;
};

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder))
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
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
  const std::string digest = write(options_of(folder / "a", 700, 3)).digest;
  write(options_of(folder / "b", 700, 3));
  // As after a kill: no manifest, the last shard a torn part, the recipe still there.
  const fs::path b = folder / "b";
  fs::remove(b / kManifestFile);
  const fs::path torn = b / shard_file_name(2, 3);
  write_file(torn.string() + ".part", read_file(torn).substr(0, 30000));
  fs::remove(torn);
  write_file(b / "recipe.json", Json{{"family", "grids"},
                                     {"stream", "counter"},
                                     {"seed", 1860},
                                     {"options", Json::object()},
                                     {"count", 700},
                                     {"shards", 3}}
                                        .dump(2) +
                                    "\n");
  EXPECT_THAT(message_of<DataError>([&] { write(options_of(b, 700, 3)); }), HasSubstr("--resume"));
  WriteOptions other = options_of(b, 699, 3);
  other.resume = true;
  EXPECT_THAT(message_of<DataError>([&] { write(other); }), HasSubstr("other options"));
  WriteOptions options = options_of(b, 700, 3);
  options.resume = true;
  EXPECT_EQ(write(options).digest, digest);
  EXPECT_FALSE(fs::exists(b / "recipe.json"));
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

TEST(WriteDataSet, LeavesNothingWhereNoShardWasFinished) {
  const TemporaryFolder folder;
  FailingKeys failing(150);
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
  EXPECT_EQ(to_text(set[0].grammar.shape_rule), "mirror direction=y");
}

}  // namespace
}  // namespace recombine
