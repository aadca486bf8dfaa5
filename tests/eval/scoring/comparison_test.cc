#include "eval/scoring/comparison.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace recombine {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::HasSubstr;

/// Of one query: whether the first and the second are right.
PairedItem single(bool first, bool second) {
  return {1, first && second ? 1 : 0, first && !second ? 1 : 0, second && !first ? 1 : 0};
}

std::vector<PairedItem> singles(int both, int only_first, int only_second, int neither) {
  std::vector<PairedItem> items(static_cast<std::size_t>(both), single(true, true));
  items.insert(items.end(), static_cast<std::size_t>(only_first), single(true, false));
  items.insert(items.end(), static_cast<std::size_t>(only_second), single(false, true));
  items.insert(items.end(), static_cast<std::size_t>(neither), single(false, false));
  return items;
}

Comparison finished(const std::vector<PairedItem>& items) {
  std::vector<Comparison> all = {compare(items, {})};
  const std::vector<double> errors = {difference_error(items)};
  finish_comparisons(all, errors);
  return all.front();
}

/// The test's definition, in whole numbers: all sequences of n tosses.
double by_counting(int a, int b) {
  const int n = a + b;
  int as_uneven = 0;
  for (unsigned tosses = 0; tosses < (1U << static_cast<unsigned>(n)); ++tosses) {
    const int heads = __builtin_popcount(tosses);
    if (std::min(heads, n - heads) <= std::min(a, b)) ++as_uneven;
  }
  return static_cast<double>(as_uneven) / std::exp2(n);
}

TEST(SignTest, CountsTheTossesThatAreAsUneven) {
  for (int a = 0; a <= 7; ++a) {
    for (int b = 0; b <= 7; ++b) {
      EXPECT_NEAR(sign_test(static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(b)),
                  by_counting(a, b), 1e-12)
          << a << " " << b;
    }
  }
}

TEST(SignTest, StaysExactForLargeCounts) {
  // 2 P(X <= 4750) of 10,000 tosses: the normal law with the correction for continuity.
  EXPECT_NEAR(sign_test(4750, 5250) / std::erfc(499.0 / 100 / std::sqrt(2.0)), 1, 0.01);
  EXPECT_EQ(sign_test(40000, 40000), 1);
  EXPECT_LT(sign_test(0, 80000), 1e-300);
}

// From sums of whole numbers, without rounding.
TEST(SignTest, HasTheExactValues) {
  struct Case {
    std::uint64_t first;
    std::uint64_t second;
    double p;
  };
  for (const auto& [first, second, p] : std::vector<Case>{
           {0, 1, 1.0},
           {1, 0, 1.0},
           {2, 7, 0.1796875},
           {3, 17, 0.0025768280029296875},
           {50, 80, 0.010694055123829413},
           {480, 560, 0.014259079095386026},
           {4750, 5250, 6.006913345035407e-07},
           {39000, 41000, 1.573040666981834e-12},
       }) {
    EXPECT_NEAR(sign_test(first, second) / p, 1, 1e-12) << first << " " << second;
  }
  EXPECT_EQ(sign_test(0, 0), 1);
}

TEST(Holm, StepsDownAndNeverFalls) {
  EXPECT_THAT(holm(std::vector{0.01, 0.04, 0.03, 0.5}),
              ElementsAre(DoubleEq(0.04), DoubleEq(0.09), DoubleEq(0.09), DoubleEq(0.5)));
  EXPECT_THAT(holm(std::vector{0.9, 0.8}), ElementsAre(1, 1));
}

TEST(Comparison, CountsWhoIsRightAlone) {
  const Comparison result = finished(singles(5, 10, 2, 3));
  EXPECT_EQ(result.items, 20U);
  EXPECT_EQ(result.both_right, 5U);
  EXPECT_EQ(result.neither_right, 3U);
  EXPECT_EQ(result.answers.first, 10U);
  EXPECT_EQ(result.answers.second, 2U);
  EXPECT_NEAR(result.answers.p, 158.0 / 4096, 1e-12);
  EXPECT_EQ(result.by_item, result.answers) << "an item of one query is its query";
  EXPECT_DOUBLE_EQ(result.difference.value, 8.0 / 20);
  EXPECT_TRUE(result.told_apart);
}

TEST(Comparison, TakesAnItemAsOneDraw) {
  // Ten queries an item: two items decide, whatever McNemar's test over 20 queries says.
  const Comparison result = finished({{10, 0, 10, 0}, {10, 0, 10, 0}, {10, 10, 0, 0}});
  EXPECT_LT(result.answers.p, 0.001);
  EXPECT_DOUBLE_EQ(result.by_item.p, 0.5);
  EXPECT_FALSE(result.told_apart);
}

TEST(Comparison, ResamplesWholeItems) {
  std::vector<PairedItem> clustered;
  std::vector<PairedItem> spread;
  for (int i = 0; i < 100; ++i) {
    clustered.push_back(i % 2 == 0 ? PairedItem{10, 0, 10, 0} : PairedItem{10, 0, 0, 10});
    spread.push_back({10, 0, 5, 5});
  }
  const Interval wide = compare(clustered, {}).difference;
  const Interval narrow = compare(spread, {}).difference;
  EXPECT_GT(wide.high - wide.low, 0.3);
  EXPECT_LT(narrow.high - narrow.low, 0.1);
  EXPECT_THAT(wide.method, HasSubstr("paired bootstrap over items"));
  EXPECT_EQ(compare(clustered, {}), compare(clustered, {})) << "the draws have names";
}

TEST(Comparison, IsUnsureWhereNoAnswerDiffers) {
  const Comparison result = finished(singles(30, 0, 0, 20));
  EXPECT_EQ(result.answers.p, 1);
  EXPECT_EQ(result.difference.value, 0);
  EXPECT_GT(result.difference.high, 0.05);
  EXPECT_DOUBLE_EQ(result.smallest_difference, 6.0 / 50) << "six answers, all one way, at 0.05";
  EXPECT_FALSE(result.told_apart);
}

TEST(Comparison, IsUnsureWhereAllItemsDifferAlike) {
  const Interval difference = finished(singles(0, 0, 20, 0)).difference;
  EXPECT_EQ(difference.value, -1);
  EXPECT_EQ(difference.low, -1);
  EXPECT_NEAR(difference.high, -1 / (1 + 1.96 * 1.96 / 20), 1e-4);
}

TEST(Comparison, SmallestDifferenceShrinksWithTheRootOfTheSize) {
  const Comparison few = finished(singles(40, 30, 20, 10));
  const Comparison many = finished(singles(4000, 3000, 2000, 1000));
  EXPECT_NEAR(few.smallest_difference / many.smallest_difference, 10, 0.1);
  // (1.96 + 0.84) times the standard error of a mean of -1, 0 and 1.
  EXPECT_NEAR(many.smallest_difference, 2.8016 * std::sqrt((0.5 - 0.01) / 10000), 1e-4);
}

TEST(Comparison, IsCorrectedForThoseBesideIt) {
  const auto items = singles(5, 10, 2, 3);
  std::vector<Comparison> all(3, compare(items, {}));
  finish_comparisons(all, std::vector(3, difference_error(items)));
  EXPECT_NEAR(all[0].by_item.p_holm, 3 * 158.0 / 4096, 1e-12);
  EXPECT_FALSE(all[0].told_apart);
  EXPECT_GT(all[0].smallest_difference, finished(items).smallest_difference);
}

TEST(Comparison, IsReadBackAsItWasWritten) {
  Comparison written = finished(singles(5, 10, 2, 3));
  written.split = "test_ood";
  written.data_digest = "sha256:1";
  written.reports = {1, 0};
  written.names = {"a", "b"};
  EXPECT_EQ(comparison_of(to_json(written)), written);
}

}  // namespace
}  // namespace recombine
