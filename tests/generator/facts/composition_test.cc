#include "generator/facts/composition.h"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "generator/facts/graph.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/facts/kept_world.h"

namespace recombine {
namespace {

using testing::HasSubstr;

std::uint64_t count_of(const PoolCounts& pools, std::string_view name) {
  return std::ranges::find(pools, name, [](const auto& pool) { return pool.first; })->second;
}

// As published, within 4 sigma. How many chains touch a held-out fact varies with the in-degrees of
// the entities that have one: sd sqrt(2,000 x 20) = 200 chains by second facts, and the number of
// chains of two held-out facts is the sum of 2,000 counts of variance about 1: sd 45.
TEST(Compositions, FillThePoolsAsPublished) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    FactConfig config;
    config.seed = seed;
    NoSink sink;
    const PoolCounts pools = make_world(config, sink);
    const auto near = [&](std::string_view name, double mean, double sigma) {
      EXPECT_NEAR(static_cast<double>(count_of(pools, name)), mean, 4 * sigma) << name << seed;
    };
    EXPECT_EQ(count_of(pools, "id_facts"), 38000U);
    EXPECT_EQ(count_of(pools, "ood_facts"), 2000U);
    near("training_pool", 718390, 210);
    near("id_pool", 3610, 60);
    near("ood_pool", 2000, 45);
    near("discarded", 76000, 240);
    EXPECT_EQ(count_of(pools, "training_pool") + count_of(pools, "id_pool") +
                  count_of(pools, "ood_pool") + count_of(pools, "discarded"),
              800000U);
  }
}

/// Checks an item against the graph: its path, its form, and how many of its facts are held out.
class Judge {
 public:
  explicit Judge(const FactConfig& config) : graph_(make_graph(config)) {
    for (Token head = 0; head < graph_.entities(); ++head) {
      for (int slot = 0; slot < graph_.degree; ++slot) {
        const Fact& fact = graph_.fact(head, slot);
        facts_[{head, fact.relation}] = fact;
      }
    }
  }

  /// -1 where the path does not follow the facts.
  int ood_facts(const FactItem& item) const {
    int ood = 0;
    for (std::size_t hop = 1; hop < item.question().size(); ++hop) {
      const auto fact = facts_.find({item.path[hop - 1], item.tokens[hop]});
      if (fact == facts_.end() || fact->second.tail != item.path[hop]) return -1;
      ood += fact->second.ood ? 1 : 0;
    }
    return ood;
  }

 private:
  FactGraph graph_;
  std::map<std::pair<Token, Token>, Fact> facts_;
};

TEST(Compositions, UseTheFactsThatTheirSetsAllow) {
  FactConfig config = small_world();
  config.hops = 3;
  config.train_three_hop = 300;
  const KeptWorld world(config);
  const Judge judge(config);
  const auto expect = [&](WorldSet set, int ood) {
    EXPECT_FALSE(world[set].empty()) << set_name(set);
    for (const FactItem& item : world[set]) EXPECT_EQ(judge.ood_facts(item), ood) << item.id;
  };
  expect(WorldSet::kIdAtomic, 0);
  expect(WorldSet::kOodAtomic, 1);
  expect(WorldSet::kTrainInferred, 0);
  expect(WorldSet::kValId, 0);
  expect(WorldSet::kTestId, 0);
  expect(WorldSet::kValOod, 2);
  expect(WorldSet::kTestOod, 2);
  expect(WorldSet::kTest3HopIid, 0);
  expect(WorldSet::kTest3HopOod, 3);
  for (const FactItem& item : world[WorldSet::kTrain])
    EXPECT_EQ(judge.ood_facts(item), item.type == FactType::kOodAtomic ? 1 : 0) << item.id;
}

TEST(Compositions, AreTrainedInTheOrderOfTheirTypesAndInExactNumbers) {
  FactConfig config = small_world();
  config.hops = 3;
  config.train_three_hop = 77;
  const KeptWorld world(config);
  std::vector<FactType> order;
  std::map<FactType, std::size_t> counts;
  for (const FactItem& item : world[WorldSet::kTrain]) {
    if (order.empty() || order.back() != item.type) order.push_back(item.type);
    ++counts[item.type];
  }
  EXPECT_THAT(order, testing::ElementsAre(FactType::kIdAtomic, FactType::kOodAtomic,
                                          FactType::kTrainInferred, FactType::kTrain3Hop));
  EXPECT_EQ(counts[FactType::kIdAtomic], 3800U);
  EXPECT_EQ(counts[FactType::kOodAtomic], 200U);
  EXPECT_EQ(counts[FactType::kTrainInferred], 27360U);
  EXPECT_EQ(counts[FactType::kTrain3Hop], 77U);
}

TEST(Compositions, AreSampledInTheExactNumbersOfLambda) {
  for (const auto& [lambda, wanted] : std::map<double, std::size_t>{
           {0.001, 4}, {0.02, 76}, {0.9, 3420}, {3.6, 13680}, {18.0, 68400}}) {
    FactConfig config = small_world();
    config.lambda = lambda;
    const KeptWorld world(config);
    EXPECT_EQ(world.trained(FactType::kTrainInferred).size(), wanted);
    EXPECT_EQ(world[WorldSet::kTrainInferred].size(), std::min<std::size_t>(wanted, 3000));
  }
}

TEST(Compositions, ShrinkTheValidationSetOnlyForALambdaThatNeedsThePool) {
  FactConfig config = small_world();
  NoSink sink;
  const std::uint64_t pool = count_of(make_world(config, sink), "training_pool");
  config.lambda = (static_cast<double>(pool) - 20) / 3800;
  const KeptWorld world(config);
  EXPECT_EQ(world.trained(FactType::kTrainInferred).size(), pool - 20);
  EXPECT_EQ(world[WorldSet::kValId].size(), 20U);
  config.lambda = static_cast<double>(pool + 1) / 3800;
  EXPECT_THAT(message_of<InputError>([&] { make_world(config, sink); }),
              testing::AllOf(HasSubstr("--lambda"), HasSubstr("at most 18.")));
}

TEST(Compositions, KeepTheirTestSetsApart) {
  const KeptWorld world(small_world());
  const auto train = ids_of(world[WorldSet::kTrain]);
  const auto test = ids_of(world[WorldSet::kTestId]);
  EXPECT_EQ(train.size(), world[WorldSet::kTrain].size());
  EXPECT_EQ(world[WorldSet::kValId].size(), 500U);
  for (const WorldSet set :
       {WorldSet::kValId, WorldSet::kTestId, WorldSet::kValOod, WorldSet::kTestOod}) {
    for (const FactItem& item : world[set]) EXPECT_FALSE(train.contains(item.id)) << item.id;
  }
  for (const FactItem& item : world[WorldSet::kValId]) EXPECT_FALSE(test.contains(item.id));
  EXPECT_EQ(world[WorldSet::kTestId].size(), world.pool("id_pool"));
  EXPECT_EQ(world[WorldSet::kTestOod].size(), world.pool("ood_pool"));
}

TEST(Compositions, ProbeWhatIsTrained) {
  FactConfig config = small_world();
  config.probe_items = 150;
  const KeptWorld world(config);
  const auto& train = world[WorldSet::kTrain];
  for (const WorldSet set : {WorldSet::kIdAtomic, WorldSet::kOodAtomic, WorldSet::kTrainInferred}) {
    EXPECT_EQ(world[set].size(), 150U);
    for (const FactItem& item : world[set])
      EXPECT_NE(std::ranges::find(train, item), train.end()) << item.id;
  }
}

TEST(Compositions, AnswerWithOrWithoutTheirBridges) {
  FactConfig config = small_world();
  config.hops = 3;
  const FactVocabulary vocabulary = config.vocabulary();
  for (const bool cot : {true, false}) {
    config.cot = cot;
    const KeptWorld world(config);
    const FactItem& two = world[WorldSet::kTestOod].front();
    const FactItem& three = world[WorldSet::kTest3HopOod].front();
    const std::vector<Token> end = {vocabulary.end()};
    std::vector<Token> answer(cot ? two.path.begin() + 1 : two.path.end() - 1, two.path.end());
    answer.push_back(vocabulary.end());
    EXPECT_TRUE(std::ranges::equal(two.answer(), answer));
    EXPECT_EQ(two.prompt, 3);
    EXPECT_EQ(three.tokens.size(), cot ? 8U : 6U);
    EXPECT_EQ(three.tokens[three.tokens.size() - 2], three.path.back());
  }
}

/// The questions of the sets that must not depend on how the rest is trained.
std::vector<std::vector<std::string>> fixed_questions(const FactConfig& config) {
  const KeptWorld world(config);
  std::vector<std::vector<std::string>> all;
  for (const WorldSet set : {WorldSet::kIdAtomic, WorldSet::kOodAtomic, WorldSet::kValId,
                             WorldSet::kTestId, WorldSet::kValOod, WorldSet::kTestOod}) {
    all.emplace_back();
    for (const FactItem& item : world[set]) {
      std::string text = item.id;
      for (const Token token : item.path) text += " " + std::to_string(token);
      all.back().push_back(std::move(text));
    }
  }
  return all;
}

TEST(Compositions, OfGraphAndTestSetsDependOnNeitherLambdaNorNoiseNorChainOfThoughtNorHops) {
  const auto base = fixed_questions(small_world());
  const auto changed = [&](const auto& change) {
    FactConfig config = small_world();
    change(config);
    return fixed_questions(config);
  };
  EXPECT_EQ(changed([](FactConfig& c) { c.lambda = 0.9; }), base);
  EXPECT_EQ(changed([](FactConfig& c) { c.cot = false; }), base);
  EXPECT_EQ(changed([](FactConfig& c) { c.hops = 3, c.train_three_hop = 500; }), base);
  EXPECT_EQ(changed([](FactConfig& c) { c.noise = 0.4, c.noise_hop = "both"; }), base);
  EXPECT_NE(changed([](FactConfig& c) { c.seed = 3; }), base);
}

TEST(Compositions, AreTrainedWithTheSameQuestionsWhateverTheNoise) {
  FactConfig config = small_world();
  const auto clean = ids_of(KeptWorld(config)[WorldSet::kTrain]);
  config.noise = 0.4;
  config.noise_hop = "second";
  EXPECT_EQ(ids_of(KeptWorld(config)[WorldSet::kTrain]), clean);
}

// Three hops: 80,000 x 20 chains; their pools within 4 sigma of a share of them, which vary as in
// FillThePoolsAsPublished, relatively more in a small world.
TEST(Compositions, FillThePoolsOfThreeHops) {
  FactConfig config = small_world();
  config.hops = 3;
  const KeptWorld world(config);
  const double all = 1600000;
  EXPECT_EQ(world.pool("training_pool_3hop") + world.pool("id_pool_3hop") +
                world.pool("ood_pool_3hop") + world.pool("discarded_3hop"),
            1600000U);
  EXPECT_NEAR(static_cast<double>(world.pool("id_pool_3hop")), all * 0.857375 * 0.005, 400);
  EXPECT_NEAR(static_cast<double>(world.pool("ood_pool_3hop")), all * 0.000125, 120);
  EXPECT_EQ(world[WorldSet::kTest3HopIid].size(), 3000U);
  EXPECT_EQ(world[WorldSet::kTest3HopOod].size(), world.pool("ood_pool_3hop"));
  config.train_three_hop = 1600000;
  NoSink sink;
  EXPECT_THAT(message_of<InputError>([&] { make_world(config, sink); }),
              HasSubstr("--train-three-hop 1600000"));
}

}  // namespace
}  // namespace recombine
