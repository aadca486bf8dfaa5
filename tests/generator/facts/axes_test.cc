// Worlds whose composed training leaves out what an axis names.

#include <functional>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/fact_vocabulary.h"
#include "generator/facts/hold_out.h"
#include "generator/facts/write.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/facts/kept_world.h"

namespace recombine {
namespace {

using testing::HasSubstr;

FactConfig world_of(const Names& axis) {
  FactConfig config = small_world();
  config.axis = axis;
  config.val_items = 60;
  config.probe_items = 400;
  return config;
}

using Parts = std::set<std::vector<Token>>;

/// What of its question an axis could leave out.
Parts parts_of(const FactItem& item, std::string_view axis) {
  Parts parts;
  for (std::size_t hop = 1; hop + 1 < item.path.size(); ++hop) {
    const Token first = item.tokens.at(hop);
    const Token second = item.tokens.at(hop + 1);
    if (axis == "bridge") parts.insert({item.path[hop]});
    if (axis == "relation-pair") parts.insert({first, second});
    if (axis == "relation-second") parts.insert({second});
    if (axis == "entities") parts.insert({item.path[hop]});
  }
  return parts;
}

bool share(const Parts& a, const Parts& b) {
  return std::ranges::any_of(a, [&](const auto& part) { return b.contains(part); });
}

Parts trained_parts(const KeptWorld& world, std::string_view axis) {
  Parts trained;
  for (const FactItem& item : world[WorldSet::kTrain]) trained.merge(parts_of(item, axis));
  return trained;
}

void expect_apart(const KeptWorld& world) {
  std::set<std::string> seen;
  for (const WorldSet set : {WorldSet::kTrain, WorldSet::kValId, WorldSet::kTestId,
                             WorldSet::kValOod, WorldSet::kTestOod}) {
    EXPECT_FALSE(world[set].empty()) << set_name(set);
    for (const FactItem& item : world[set]) EXPECT_TRUE(seen.insert(item.id).second) << item.id;
  }
}

class OneFactAxis : public testing::TestWithParam<const char*> {};

TEST_P(OneFactAxis, LeaveWhatTheyNameOutOfComposedTraining) {
  const KeptWorld world(world_of({GetParam()}));
  expect_apart(world);
  const Parts trained = trained_parts(world, GetParam());
  for (const WorldSet set : {WorldSet::kValOod, WorldSet::kTestOod}) {
    for (const FactItem& item : world[set])
      EXPECT_FALSE(share(parts_of(item, GetParam()), trained)) << item.id;
  }
  EXPECT_EQ(world.trained(FactType::kIdAtomic).size(), 4000U) << "all facts are trained alone";
}

INSTANTIATE_TEST_SUITE_P(List,
                         OneFactAxis,
                         testing::Values("bridge", "relation-pair", "relation-second", "entities"));

TEST(FactAxes, HoldOutWhatIsHeldOutOnEach) {
  const KeptWorld world(world_of({"bridge", "relation-second"}));
  expect_apart(world);
  for (const char* axis : {"bridge", "relation-second"}) {
    const Parts trained = trained_parts(world, axis);
    for (const FactItem& item : world[WorldSet::kTestOod])
      EXPECT_FALSE(share(parts_of(item, axis), trained)) << item.id;
  }
  EXPECT_GT(world.pool("discarded"), 1000U) << "held out on one axis alone";
}

TEST(FactAxes, TrainTwoAndThreeHopsAndTestFourAndFive) {
  FactConfig config = world_of({"hops"});
  config.lambda = 0.5;
  const KeptWorld world(config);
  expect_apart(world);
  const auto lengths = [&](WorldSet set) {
    std::map<std::size_t, std::size_t> counts;
    for (const FactItem& item : world[set]) ++counts[item.question().size() - 1];
    return counts;
  };
  EXPECT_EQ(lengths(WorldSet::kTrain),
            (std::map<std::size_t, std::size_t>{{1, 4000}, {2, 2000}, {3, 2000}}));
  EXPECT_EQ(lengths(WorldSet::kTestOod), (std::map<std::size_t, std::size_t>{{4, 200}, {5, 200}}));
  EXPECT_EQ(lengths(WorldSet::kValOod), (std::map<std::size_t, std::size_t>{{4, 30}, {5, 30}}));
  EXPECT_EQ(lengths(WorldSet::kValId), (std::map<std::size_t, std::size_t>{{2, 30}, {3, 30}}));
  EXPECT_EQ(lengths(WorldSet::kTestId).at(3), 200U);
  for (const FactItem& item : world[WorldSet::kTestOod])
    EXPECT_EQ(item.answer().size(), item.question().size()) << "all bridges, the tail and </a>";
}

TEST(FactAxes, KeepQuestionsOfOneComposedFact) {
  const KeptWorld world(world_of({"mixed-hops"}));
  expect_apart(world);
  const auto ids = ids_of(world[WorldSet::kTestOod]);
  const auto first = ids_of(world[WorldSet::kTestFirstSeen]);
  const auto second = ids_of(world[WorldSet::kTestSecondSeen]);
  EXPECT_EQ(first.size() + second.size(), ids.size());
  EXPECT_GT(first.size(), 100U);
  EXPECT_GT(second.size(), 100U);
  std::set<std::pair<Token, Token>> composed;
  for (const FactItem& item : world.trained(FactType::kTrainInferred)) {
    composed.emplace(item.path[0], item.tokens[1]);
    composed.emplace(item.path[1], item.tokens[2]);
  }
  for (const FactItem& item : world[WorldSet::kTestFirstSeen])
    EXPECT_FALSE(composed.contains({item.path[1], item.tokens[2]})) << item.id;
  for (const FactItem& item : world[WorldSet::kTestSecondSeen])
    EXPECT_FALSE(composed.contains({item.path[0], item.tokens[1]})) << item.id;
}

TEST(FactAxes, OfLambdaAndNoiseAreTheWorldWithoutThem) {
  FactConfig config = world_of({"lambda"});
  config.lambda = 0.9;
  const KeptWorld world(config);
  config.axis.clear();
  const KeptWorld plain(config);
  for (const WorldSet set : world_sets(config)) EXPECT_EQ(world[set], plain[set]);
}

TEST(FactAxes, AreAllKnown) {
  for (const FactAxis& axis : kFactAxes) {
    FactConfig config = world_of({std::string(axis.name)});
    config.noise = 0.1;
    config.noise_hop = "second";
    EXPECT_NO_THROW(config.validate()) << axis.name;
    EXPECT_EQ(config.holds_out_by_axis(), axis.name != "lambda" && axis.name != "noise");
  }
}

TEST(FactAxes, VerifyAndAreMadeAgain) {
  const TemporaryFolder folder;
  for (const char* axis : {"bridge", "hops", "mixed-hops"}) {
    FactConfig config = world_of({axis});
    config.entities = 60;
    config.lambda = 0.5;
    write_world(folder / axis, config, false, true);
    EXPECT_EQ(world_digests(config, true), world_digests(config, true));
  }
}

TEST(FactAxes, NameTheOptionAtFault) {
  const auto complaint = [](const std::function<void(FactConfig&)>& change, const Names& axis) {
    FactConfig config = world_of(axis);
    change(config);
    NoSink sink;
    return message_of<InputError>([&] { make_world(config, sink); });
  };
  EXPECT_THAT(complaint([](FactConfig& c) { c.hops = 3; }, {"bridge"}), HasSubstr("--hops 3"));
  EXPECT_THAT(complaint([](FactConfig& c) { c.task = "comparison"; }, {"bridge"}),
              HasSubstr("--axis"));
  EXPECT_THAT(complaint([](FactConfig&) {}, {"bridge", "bridge"}), HasSubstr("twice"));
  EXPECT_THAT(complaint([](FactConfig&) {}, {"brige"}), HasSubstr("bridge"));
  EXPECT_THAT(complaint([](FactConfig&) {}, {"noise"}), HasSubstr("--noise"));
  EXPECT_THAT(complaint([](FactConfig& c) { c.ood_fraction = 0; }, {"mixed-hops"}),
              HasSubstr("--ood-fraction"));
  EXPECT_THAT(complaint([](FactConfig& c) { c.train_three_hop = 4000000; }, {"hops"}),
              HasSubstr("--train-three-hop"));
}

}  // namespace
}  // namespace recombine
