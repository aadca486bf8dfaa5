#include "generator/grids/split/split.h"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/dataset.h"
#include "generator/grids/config.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/split/split_run.h"
#include "generator/remake.h"
#include "generator/verify.h"
#include "generator/writer/writer.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/grids/check/stored_grids.h"

namespace recombine {
namespace {

using testing::HasSubstr;

// Of the four official splits.
TEST(SplitTriplets, HoldsOutThePublishedOnes) {
  const auto held_out = [](std::uint64_t seed) {
    SplitConfig config;
    config.seed = seed;
    return split_triplets(GridConfig{}.types, config).test;
  };
  using List = std::vector<std::string>;
  EXPECT_EQ(held_out(1860), (List{"grow+mirror+translation", "grow+rotation+translation"}));
  EXPECT_EQ(held_out(1870), (List{"grow+rotation+set_color", "mirror+rotation+set_color"}));
  EXPECT_EQ(held_out(1880), (List{"grow+mirror+set_color", "mirror+rotation+set_color"}));
  EXPECT_EQ(held_out(1890), (List{"grow+rotation+translation", "rotation+set_color+translation"}));
}

// Sizes that the official script gives for the first 2,000 episodes.
TEST(SplitDataSet, GivesThePublishedSizes) {
  const TemporaryFolder folder;
  write_grids(folder / "data", 2000, "published");
  const std::vector<std::array<std::uint64_t, 4>> published = {{1860, 1628, 186, 186},
                                                               {1870, 1680, 160, 160},
                                                               {1880, 1618, 191, 191},
                                                               {1890, 1559, 220, 221}};
  for (const auto& [seed, train, val, test] : published) {
    SplitConfig config;
    config.protocol = "published";
    config.min_func_examples = 50;
    config.seed = seed;
    const auto out = folder / std::to_string(seed);
    const Json split = split_data_set(folder / "data", out, config, false, true);
    EXPECT_EQ(split.at("sets").at("train").at("count"), train);
    EXPECT_EQ(split.at("sets").at("val_ood").at("count"), val);
    EXPECT_EQ(split.at("sets").at("test_ood").at("count"), test);
    EXPECT_FALSE(split.at("sets").contains("val_id"));
  }
}

TEST(SplitDataSet, KeepsHeldOutTripletsOutOfTraining) {
  const TemporaryFolder folder;
  write_grids(folder / "data", 1000, "counter");
  SplitConfig config;
  config.id_fraction = 0.1;
  const Json split = split_data_set(folder / "data", folder / "split", config, false, true);
  for (const Check& check : verify_folder(folder / "split", {true, true})) {
    EXPECT_TRUE(check.ok) << check.name << ": " << check.detail;
  }
  const auto size = [&](const char* name) { return EpisodeSet((folder / "split") / name).size(); };
  EXPECT_EQ(size("train") + size("val_id") + size("test_id") + size("val_ood") + size("test_ood"),
            1000U);
  EXPECT_NEAR(static_cast<double>(size("val_id")), 0.1 * 830, 40);
  EXPECT_EQ(split.at("left_out"), 0);
  std::uint64_t counted = 0;
  for (const Json& count : split.at("rule_counts")) counted += count.get<std::uint64_t>();
  EXPECT_EQ(counted, 3 * size("train")) << "rules are counted in training alone";
  const Episode episode = EpisodeSet((folder / "split") / "train")[0];
  EXPECT_EQ(episode.study.size(), 12U);
  EXPECT_EQ(episode.spare.size(), 12U);
  EXPECT_EQ(episode.queries.size(), 10U);
}

TEST(Remake, GivesTheSetsOfASplitFromTheirRecipes) {
  const TemporaryFolder folder;
  write_grids(folder / "data", 300, "counter");
  split_data_set(folder / "data", folder / "split", {}, false, true);
  const Manifest manifest = read_manifest((folder / "split") / "val_ood");
  WriteOptions options;
  options.folder = folder / "again";
  options.quiet = true;
  EXPECT_EQ(remake(manifest.recipe, options).digest, manifest.digest);
  EXPECT_EQ(EpisodeSet(folder / "again").size(), manifest.count);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}),
            3);  // no work folder is left
  Json other = manifest.recipe;
  other["parent"]["seed"] = 7;
  options.folder = folder / "other";
  EXPECT_THAT(message_of<DataError>([&] { remake(other, options); }), HasSubstr("its parent"));
  EXPECT_FALSE(std::filesystem::exists(folder / "other"));
}

TEST(SplitDataSet, IsRefusedWhereTheFolderIsInUse) {
  const TemporaryFolder folder;
  write_grids(folder / "data", 30, "counter");
  split_data_set(folder / "data", folder / "split", {}, false, true);
  EXPECT_THROW(split_data_set(folder / "data", folder / "split", {}, false, true), DataError);
  split_data_set(folder / "data", folder / "split", {}, true, true);
}

TEST(Reduce, ShowsFewShotsOfTheSameRules) {
  const TemporaryFolder folder;
  write_grids(folder / "data", 3, "counter");
  const EpisodeSet data(folder / "data");
  SplitConfig config;
  config.primitives = 0;
  config.compositions = 0;
  config.few_shots = 3;
  const Episode whole = data[1];
  const Episode kept = reduce(whole, config);
  ASSERT_EQ(kept.study.size(), 3U);
  EXPECT_EQ(kept.study[0], whole.queries[10]);
  EXPECT_EQ(kept.queries.size(), 10U);
  config.few_shots = 5;
  EXPECT_THAT(message_of<InputError>([&] { reduce(whole, config); }), HasSubstr("--few-shots"));
  config.few_shots = 0;
  config.primitives = 9;
  EXPECT_THAT(message_of<InputError>([&] { reduce(whole, config); }), HasSubstr("--primitives 9"));
}

TEST(SplitConfig, NamesTheOptionAtFault) {
  SplitConfig config;
  config.axis = {"colours"};
  EXPECT_THAT(message_of<InputError>([&] { config.validate(); }), HasSubstr("--axis colours"));
  config = {};
  config.id_fraction = 0.5;
  EXPECT_THAT(message_of<InputError>([&] { config.validate(); }), HasSubstr("--id-fraction"));
  config = {};
  config.test_fraction = 0.01;
  EXPECT_THAT(message_of<InputError>([&] { split_triplets(GridConfig{}.types, config); }),
              HasSubstr("--test-fraction"));
  config = {};
  config.min_func_examples = -7;
  EXPECT_THAT(message_of<InputError>([&] { config.validate(); }),
              HasSubstr("--min-func-examples -7"));
}

TEST(SplitTriplets, AdvisesAFractionThatHoldsOneOut) {
  SplitConfig config;
  config.test_fraction = 0.001;
  std::vector<std::string> types = {"a", "b", "c"};
  for (const char* next : {"d", "e", "f", "g", "h", "i"}) {
    types.emplace_back(next);
    const std::string message = message_of<InputError>([&] { split_triplets(types, config); });
    const std::string advice = "at least ";
    ASSERT_THAT(message, HasSubstr(advice));
    SplitConfig advised;
    advised.test_fraction = std::stod(message.substr(message.find(advice) + advice.size()));
    EXPECT_EQ(split_triplets(types, advised).test.size(), 1U) << message;
  }
}

TEST(SplitTriplets, NeedsASecondTriplet) {
  for (const double fraction : {0.2, 0.9}) {
    SplitConfig config;
    config.test_fraction = fraction;
    EXPECT_THAT(message_of<InputError>([&] {
                  split_triplets({"translation", "mirror", "rotation"}, config);
                }),
                HasSubstr("3 transformation types make no second triplet to hold out"));
  }
}

}  // namespace
}  // namespace recombine
