#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "generator/facts/chains.h"
#include "generator/facts/items.h"
#include "generator/facts/noise_draws.h"
#include "tests/generator/facts/kept_world.h"

namespace recombine {
namespace {

/// Shares of all two-hop questions of a default world under noise.
struct Shares {
  double wrong_bridge = 0;       ///< of the training pool
  double wrong_tail = 0;         ///< of the training pool
  double drawn = 0;              ///< of the training pool
  double wrong_test_bridge = 0;  ///< of the ID test pool
  double wrong_ood_answer = 0;   ///< of the OOD test pool
  double leaked = 0;             ///< of the training pool
  double training = 0;           ///< questions of the training pool
};

Shares shares_of(const std::string& hop, const std::string& mode, double noise) {
  FactConfig config;
  config.noise = noise;
  config.noise_hop = hop;
  config.noise_mode = mode;
  const FactGraph graph = make_graph(config);
  const ChainWalk walk(graph, config);
  Shares shares;
  double id = 0;
  double ood = 0;
  for (Token head = 0; head < graph.entities(); ++head) {
    walk.two_hops(head, [&](const TwoHop& two) {
      const bool wrong_bridge = two.bridge != two.first.tail;
      const bool wrong_tail = two.tail != two.second.tail;
      if (two.pool == Pool::kTraining) {
        ++shares.training;
        shares.wrong_bridge += wrong_bridge;
        shares.wrong_tail += wrong_tail;
        shares.drawn += two.drawn;
        shares.leaked += two.leaked();
      } else if (two.pool == Pool::kIdTest) {
        ++id;
        shares.wrong_test_bridge += wrong_bridge;
      } else if (two.pool == Pool::kOodTest) {
        ++ood;
        shares.wrong_ood_answer += wrong_bridge || wrong_tail;
      }
    });
  }
  for (double* share : {&shares.wrong_bridge, &shares.wrong_tail, &shares.drawn, &shares.leaked})
    *share /= shares.training;
  shares.wrong_test_bridge /= id;
  shares.wrong_ood_answer /= ood;
  return shares;
}

struct LegacyRow {
  double noise, wrong_bridge, wrong_test_bridge, leaked, training;
};

// The published generator leaves a false bridge in force.
constexpr std::array<LegacyRow, 4> kLegacy = {{{0.05, 0.388, 0.36, 0.018, 731366},
                                               {0.1, 0.603, 0.56, 0.028, 739211},
                                               {0.2, 0.800, 0.75, 0.038, 746614},
                                               {0.4, 0.924, 0.87, 0.044, 751435}}};

TEST(LegacyNoise, HasTheStatisticsOfThePublishedGenerator) {
  for (const LegacyRow& row : kLegacy) {
    const Shares shares = shares_of("first", "legacy", row.noise);
    EXPECT_NEAR(shares.wrong_bridge, row.wrong_bridge, 0.01) << row.noise;
    // The table is of one graph and has two digits: 3,700 items, sd .008.
    EXPECT_NEAR(shares.wrong_test_bridge, row.wrong_test_bridge, 0.02) << row.noise;
    // Two digits again, and how many OOD facts lead on from ID facts differs by 3 % between graphs.
    EXPECT_NEAR(shares.leaked, row.leaked, 0.003) << row.noise;
    EXPECT_NEAR(shares.training, row.training, 1500) << row.noise;
    EXPECT_NEAR(shares.drawn, row.noise, 0.002) << row.noise;
    EXPECT_EQ(shares.wrong_ood_answer, 0) << row.noise;
    EXPECT_EQ(shares.wrong_tail, 0) << row.noise;
  }
}

TEST(LegacyNoise, OfBothHopsReplacesTailsAtItsNominalRatio) {
  const Shares shares = shares_of("both", "legacy", 0.4);
  EXPECT_NEAR(shares.wrong_bridge, 0.924, 0.01);
  EXPECT_NEAR(shares.wrong_tail, 0.4, 0.002);
}

TEST(LegacyNoise, OfTheSecondHopIsClean) {
  const Shares legacy = shares_of("second", "legacy", 0.4);
  const Shares clean = shares_of("second", "clean", 0.4);
  EXPECT_EQ(legacy.wrong_tail, clean.wrong_tail);
  EXPECT_EQ(legacy.training, clean.training);
  EXPECT_EQ(legacy.leaked, 0);
}

TEST(CleanNoise, ReplacesWhatItSaysInItsShareOfTheTrainingPool) {
  for (const auto& [hop, bridge, tail] :
       {std::tuple{"first", 0.3, 0.0}, {"second", 0.0, 0.3}, {"both", 0.3, 0.3}}) {
    const Shares shares = shares_of(hop, "clean", 0.3);
    EXPECT_NEAR(shares.wrong_bridge, bridge * 1999 / 2000, 0.0025) << hop;
    EXPECT_NEAR(shares.wrong_tail, tail * 1999 / 2000, 0.0025) << hop;
    EXPECT_EQ(shares.wrong_test_bridge, 0) << hop;
    EXPECT_EQ(shares.wrong_ood_answer, 0) << hop;
    EXPECT_EQ(shares.leaked, 0) << hop;
  }
}

TEST(CleanNoise, IsMarkedAndInTheProbes) {
  FactConfig config = small_world();
  config.noise = 0.4;
  config.noise_hop = "second";
  const KeptWorld world(config);
  std::size_t noisy = 0;
  const auto trained = world.trained(FactType::kTrainInferred);
  for (const FactItem& item : trained) {
    noisy += item.noisy ? 1 : 0;
    EXPECT_EQ(item.tokens[3], item.path[1]);
    EXPECT_TRUE(item.noisy || item.tokens[4] == item.path[2]) << item.id;
  }
  EXPECT_NEAR(static_cast<double>(noisy), 0.4 * 27360, 4 * 81);  // sd sqrt(.24 n)
  EXPECT_GT(std::ranges::count_if(world[WorldSet::kTrainInferred], &FactItem::noisy), 1000);
  for (const FactItem& item : world[WorldSet::kTrainInferred])
    EXPECT_NE(std::ranges::find(trained, item), trained.end());
  for (const WorldSet set : {WorldSet::kValId, WorldSet::kTestId, WorldSet::kTestOod,
                             WorldSet::kIdAtomic, WorldSet::kOodAtomic}) {
    EXPECT_EQ(std::ranges::count_if(world[set], &FactItem::noisy), 0) << set_name(set);
  }
}

TEST(LegacyNoise, LeavesTheGoldOfTestItemsFalseAndSaysSo) {
  FactConfig config = small_world();
  config.noise = 0.4;
  config.noise_hop = "first";
  config.noise_mode = "legacy";
  const KeptWorld world(config);
  for (const FactItem& item : world[WorldSet::kTestId])
    EXPECT_TRUE(item.noisy || item.tokens[3] == item.path[1]) << item.id;
  EXPECT_GT(std::ranges::count_if(world[WorldSet::kTestId], &FactItem::noisy), 200);
  EXPECT_EQ(std::ranges::count_if(world[WorldSet::kValId], &FactItem::noisy), 0);
}

/// A legacy world of small_world().
FactConfig legacy_world(const std::string& hop, double noise) {
  FactConfig config = small_world();
  config.noise = noise;
  config.noise_hop = hop;
  config.noise_mode = "legacy";
  return config;
}

TEST(NoiseDraws, AreTheWalks) {
  for (const char* hop : {"first", "second", "both"}) {
    const FactConfig config = legacy_world(hop, 0.2);
    const FactGraph graph = make_graph(config);
    const ChainWalk walk(graph, config);
    const FactItems items(config);
    const auto drawn = noise_draws(config);
    for (Token head = 0; head < 50; ++head) {
      walk.two_hops(head, [&](const TwoHop& two) {
        const bool trained = two.pool == Pool::kTraining;
        const FactType type = trained ? FactType::kTrainInferred : FactType::kTestIid;
        EXPECT_EQ(drawn(items.two_hop(two, type)), two.drawn) << hop << " " << head;
      });
    }
  }
}

TEST(NoiseDraws, AreTheNominalShareWhereMoreIsHit) {
  const FactConfig config = legacy_world("first", 0.4);
  const KeptWorld world(config);
  const auto drawn = noise_draws(config);
  const auto trained = world.trained(FactType::kTrainInferred);
  const auto all = static_cast<double>(trained.size());
  EXPECT_NEAR(static_cast<double>(std::ranges::count_if(trained, drawn)), 0.4 * all, 4 * 81);
  EXPECT_GT(static_cast<double>(std::ranges::count_if(trained, &FactItem::noisy)), 0.85 * all);
  EXPECT_EQ(std::ranges::count_if(world[WorldSet::kTestId], drawn), 0);
  EXPECT_EQ(std::ranges::count_if(world[WorldSet::kIdAtomic], drawn), 0);
}

TEST(NoiseDraws, RefuseAQuestionOfAnotherWorld) {
  FactConfig other = legacy_world("first", 0.4);
  other.seed = 7;
  const auto drawn = noise_draws(other);
  const KeptWorld world(legacy_world("first", 0.4));
  const auto trained = world.trained(FactType::kTrainInferred);
  EXPECT_THROW(std::ranges::count_if(trained, drawn), DataError);
}

}  // namespace
}  // namespace recombine
