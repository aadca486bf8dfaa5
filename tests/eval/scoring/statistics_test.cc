#include "eval/scoring/statistics.h"

#include <gtest/gtest.h>

namespace recombine {
namespace {

using Clusters = std::vector<std::vector<Count>>;

TEST(WilsonInterval, GivesTheTextbookValues) {
  const Interval half = wilson_interval({5, 10});
  EXPECT_NEAR(half.low, 0.2366, 1e-4);
  EXPECT_NEAR(half.high, 0.7634, 1e-4);
  const Interval none = wilson_interval({0, 10});
  EXPECT_EQ(none.low, 0);
  EXPECT_NEAR(none.high, 0.2775, 1e-4);
}

TEST(WilsonInterval, IsExactAtItsEnds) {
  for (const std::uint64_t of : {1U, 3U, 7U, 1'000U, 85'460U}) {
    EXPECT_EQ(wilson_interval({0, of}).low, 0) << of;
    EXPECT_EQ(wilson_interval({of, of}).high, 1) << of;
  }
}

TEST(WilsonInterval, KnowsNothingWithoutCounts) {
  EXPECT_EQ(wilson_interval({}).low, 0);
  EXPECT_EQ(wilson_interval({}).high, 1);
}

TEST(ClusterIntervals, AreWiderWhereAnswersHangTogether) {
  Clusters together;
  Clusters apart;
  for (std::uint64_t i = 0; i < 100; ++i) {
    together.push_back({{i % 2 * 10, 10}});
    apart.push_back({{5 + i % 2, 10}});
  }
  const Interval wide = cluster_intervals(together, 0, 1000).front();
  const Interval narrow = cluster_intervals(apart, 0, 1000).front();
  EXPECT_DOUBLE_EQ(wide.value, 0.5);
  EXPECT_NEAR(wide.high - wide.low, 2 * 1.96 * 0.05, 0.03);
  EXPECT_LT(narrow.high - narrow.low, 0.03);
}

TEST(ClusterIntervals, WeighClustersByTheirSize) {
  EXPECT_DOUBLE_EQ(cluster_intervals(Clusters{{{1, 1}}, {{0, 9}}}, 0, 100).front().value, 0.1);
}

TEST(ClusterIntervals, CountClustersWhereAllAreRight) {
  const Clusters clusters(20, {{10, 10}});
  const Interval interval = cluster_intervals(clusters, 0, 1000).front();
  EXPECT_EQ(interval.high, 1);
  EXPECT_NEAR(interval.low, wilson_interval({20, 20}).low, 1e-12) << "20 episodes, not 200 queries";
}

TEST(ClusterIntervals, DependOnTheSeedAlone) {
  Clusters clusters;
  for (std::uint64_t i = 0; i < 50; ++i) clusters.push_back({{i % 7, 10}, {i % 3, 5}});
  EXPECT_EQ(cluster_intervals(clusters, 3, 200), cluster_intervals(clusters, 3, 200));
  EXPECT_NE(cluster_intervals(clusters, 3, 200), cluster_intervals(clusters, 4, 200));
}

TEST(ClusterIntervals, LeaveOutClustersThatDoNotCount) {
  const auto interval = cluster_intervals(Clusters{{{0, 0}}, {{3, 4}}}, 0, 100).front();
  EXPECT_DOUBLE_EQ(interval.value, 0.75);
  EXPECT_TRUE(cluster_intervals(Clusters{}, 0, 100).empty());
  EXPECT_EQ(cluster_intervals(Clusters{{{0, 0}}}, 0, 100).front().method, "nothing counted");
}

}  // namespace
}  // namespace recombine
