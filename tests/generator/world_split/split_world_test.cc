// Worlds split along axes of facts.

#include "generator/world_split/split_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/dataset.h"
#include "generator/facts/write.h"
#include "generator/remake.h"
#include "generator/verify.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/facts/kept_world.h"

namespace recombine {
namespace {

using testing::HasSubstr;

FactConfig parent_world() {
  FactConfig config = small_world();
  config.entities = 100;
  config.relations = 30;
  config.lambda = 2;
  config.val_items = 50;
  return config;
}

SplitConfig along(const Names& axis) {
  SplitConfig config;
  config.axis = axis;
  return config;
}

TEST(SplitWorld, GivesAllFiveSetsAndTheyVerify) {
  const TemporaryFolder folder;
  write_world(folder / "w", parent_world(), false, true);
  ASSERT_TRUE(is_world(folder / "w"));
  for (const Names& axis : std::vector<Names>{{"bridge"},
                                              {"relation-pair"},
                                              {"relation-second"},
                                              {"entities"},
                                              {"hops"},
                                              {"mixed-hops"},
                                              {"lambda"},
                                              {"bridge", "relation-second"},
                                              {"bridge", "hops"}}) {
    const Json split = split_world(folder / "w", folder / "s", along(axis), true, true);
    for (const std::string_view set : kSplitSets)
      EXPECT_GT(split.at("sets").at(std::string(set)).at("count"), 0) << axis.front() << set;
    for (const Check& check : verify_folder(folder / "s", {true, true}))
      EXPECT_TRUE(check.ok) << axis.front() << ": " << check.name << ": " << check.detail;
  }
}

TEST(SplitWorld, HasMixedHopsInTwoParts) {
  const TemporaryFolder folder;
  write_world(folder / "w", parent_world(), false, true);
  const Json sets =
      split_world(folder / "w", folder / "s", along({"mixed-hops"}), false, true).at("sets");
  EXPECT_EQ(sets.at("test_first_seen").at("count").get<int>() +
                sets.at("test_second_seen").at("count").get<int>(),
            sets.at("test_ood").at("count").get<int>());
}

TEST(SplitWorld, SetsLambdaAndNoise) {
  const TemporaryFolder folder;
  write_world(folder / "w", parent_world(), false, true);
  SplitConfig config = along({"lambda", "noise"});
  config.hold_out = {"lambda=0.5", "noise=0.4"};
  split_world(folder / "w", folder / "s", config, false, true);
  const FactSet probe((folder / "s") / "train_inferred");
  EXPECT_EQ(probe.size(), 950U);
  const auto noisy = std::ranges::count_if(probe, &FactItem::noisy);
  EXPECT_NEAR(static_cast<double>(noisy), 380, 80);
}

TEST(SplitWorld, ChangesTheHoldOutWithTheSeedAndNotTheGraph) {
  const TemporaryFolder folder;
  write_world(folder / "w", parent_world(), false, true);
  SplitConfig config = along({"bridge"});
  const Json one = split_world(folder / "w", folder / "a", config, false, true);
  config.seed = 7;
  const Json other = split_world(folder / "w", folder / "b", config, false, true);
  EXPECT_NE(one.at("levels"), other.at("levels"));
  EXPECT_EQ(one.at("sets").at("id_atomic"), other.at("sets").at("id_atomic"));
}

TEST(SplitWorld, IsMadeAgainFromTheRecipeOfASet) {
  const TemporaryFolder folder;
  write_world(folder / "w", parent_world(), false, true);
  split_world(folder / "w", folder / "s", along({"hops"}), false, true);
  const Manifest manifest = read_manifest((folder / "s") / "test_ood");
  WriteOptions options;
  options.folder = folder / "again";
  options.quiet = true;
  EXPECT_EQ(remake(manifest.recipe, options).digest, manifest.digest);
}

TEST(SplitWorld, RefusesWhatIsOfGrids) {
  const TemporaryFolder folder;
  write_world(folder / "w", parent_world(), false, true);
  const auto complaint = [&](const SplitConfig& config) {
    return message_of<InputError>(
        [&] { split_world(folder / "w", folder / "s", config, false, true); });
  };
  EXPECT_THAT(complaint(SplitConfig{}), HasSubstr("--axis systematicity: is of grids"));
  SplitConfig reduced = along({"bridge"});
  reduced.primitives = 1;
  EXPECT_THAT(complaint(reduced), HasSubstr("--test-fraction"));
  SplitConfig named = along({"bridge"});
  named.hold_out = {"bridge=e3"};
  EXPECT_THAT(complaint(named), HasSubstr("--hold-out bridge=e3"));
  EXPECT_THAT(message_of<InputError>([] { find_axis("bridge"); }), HasSubstr("worlds of facts"));
}

}  // namespace
}  // namespace recombine
