// Splits made again from their recipes; tests of a set's recipe alone are beside what makes it.

#include "generator/remake.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/split/split_run.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class RemakeSplit : public testing::Test {
 protected:
  void SetUp() override {
    GridRunConfig run;
    run.episodes = 200;
    WriteOptions options = options_of("data");
    options.count = run.episodes;
    write_data_set(*make_grid_source(GridConfig{}, run), options);
    split_data_set(folder_ / "data", folder_ / "split", {}, false, true);
  }

  WriteOptions options_of(const std::string& name) const {
    WriteOptions options;
    options.folder = folder_ / name;
    options.quiet = true;
    return options;
  }
  Manifest manifest_of(const std::string& name) const { return read_manifest(folder_ / name); }

  /// How many folders and files there are beside each other.
  std::ptrdiff_t entries() const {
    return std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator());
  }

  TemporaryFolder folder_;
};

TEST_F(RemakeSplit, TakesAFolderWithASlash) {
  const Manifest train = manifest_of("split/train");
  EXPECT_EQ(remake(train.recipe, options_of("set/")).digest, train.digest);
  EXPECT_EQ(manifest_of("set").digest, train.digest);
  Json whole = train.recipe;
  whole["sets"] = Json::object();
  remake_folder(whole, options_of("whole/"));
  EXPECT_EQ(manifest_of("whole/train").digest, train.digest);
  EXPECT_EQ(entries(), 4);
}

TEST_F(RemakeSplit, MakesASplitOfASplit) {
  SplitConfig config;
  config.seed = 1870;
  split_data_set(folder_ / "split/train", folder_ / "second", config, false, true);
  const Manifest train = manifest_of("second/train");
  ASSERT_GT(train.count, 0U);
  EXPECT_EQ(remake(train.recipe, options_of("again")).digest, train.digest);
  Json whole = train.recipe;
  whole["sets"] = Json::object();
  remake_folder(whole, options_of("whole"));
  EXPECT_EQ(manifest_of("whole/test_ood").digest, manifest_of("second/test_ood").digest);
  EXPECT_EQ(entries(), 5);
  Json other = train.recipe;
  other["parent"]["parent"]["seed"] = 7;
  EXPECT_THAT(message_of<DataError>([&] { remake(other, options_of("other")); }),
              HasSubstr("its parent"));
  EXPECT_EQ(entries(), 5);
}

TEST_F(RemakeSplit, RefusesOptionsThatDoNotGoWithIt) {
  const auto refusal = [&](const std::string& set, const WriteOptions& options) {
    return message_of<InputError>([&] { remake(manifest_of(set).recipe, options); });
  };
  WriteOptions options = options_of("again");
  options.shards = 2;
  EXPECT_THAT(refusal("split/train", options), HasSubstr("--shards 2"));
  options = options_of("again");
  options.resume = true;
  EXPECT_THAT(refusal("split/train", options), HasSubstr("--resume"));
  options = options_of("again");
  options.threads = -1;
  EXPECT_THAT(refusal("split/train", options), HasSubstr("--threads -1"));
  EXPECT_THAT(refusal("data", options), HasSubstr("--threads -1"));
  EXPECT_EQ(entries(), 2);
}

TEST_F(RemakeSplit, RefusesAParentOfFacts) {
  Json recipe = manifest_of("split/train").recipe;
  recipe["parent"] = {
      {"family", "facts"}, {"seed", 1}, {"set", "train"}, {"options", Json::object()}};
  EXPECT_THAT(message_of<DataError>([&] { remake(recipe, options_of("again")); }),
              HasSubstr("recipe: its parent holds facts"));
  EXPECT_EQ(entries(), 2);
}

}  // namespace
}  // namespace recombine
