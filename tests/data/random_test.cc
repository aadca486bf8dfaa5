#include "data/random.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "data/random_cpython.h"

namespace recombine {
namespace {

// What the published stream is drawn by: CPython 3.11, random.seed(1860).
TEST(CPythonRandom, GivesCPythonsWords) {
  CPythonRandom random(1860);
  for (const std::uint32_t word :
       {3547981086U, 2658390426U, 3438573721U, 1478223517U, 2364086212U, 2227919509U}) {
    EXPECT_EQ(random.word(), word);
  }
}

TEST(CPythonRandom, DrawsBelowAsCPythonDoes) {
  CPythonRandom random(1860);
  std::vector<std::uint32_t> drawn;
  for (const std::uint32_t n : {1U, 2U, 3U, 5U, 8U, 9U, 10U}) drawn.push_back(random.below(n));
  EXPECT_EQ(drawn, (std::vector<std::uint32_t>{0, 1, 2, 3, 0, 7, 4}));
  CPythonRandom digits(1860);
  drawn.clear();
  for (int i = 0; i < 5; ++i) drawn.push_back(digits.below(10));
  EXPECT_EQ(drawn, (std::vector<std::uint32_t>{9, 5, 8, 8, 6}));
}

TEST(CPythonRandom, ShufflesAsCPythonDoes) {
  std::vector<std::string> types = {"translation", "mirror", "rotation", "set_color", "grow"};
  CPythonRandom random(1860);
  shuffle(random, std::span(types));
  EXPECT_EQ(types,
            (std::vector<std::string>{"translation", "mirror", "set_color", "rotation", "grow"}));
}

// python3 -c "import random; random.seed(2**40 + 7); print(random.getrandbits(32),
// random.random())"
TEST(CPythonRandom, SeedsWithTwoWords) {
  CPythonRandom random((std::uint64_t{1} << 40U) + 7);
  EXPECT_EQ(random.word(), 2635837658U);
  EXPECT_DOUBLE_EQ(random.unit(), 0.7473242567100844);
}

// python3 -c "import random; random.seed(5); words = [random.getrandbits(32) for _ in range(2000)];
// print(words[623], words[624], words[1999])"
TEST(CPythonRandom, GoesOnPastItsBlock) {
  CPythonRandom random(5);
  std::vector<std::uint32_t> words(2000);
  for (std::uint32_t& word : words) word = random.word();
  EXPECT_EQ(words[623], 2959306914U);
  EXPECT_EQ(words[624], 3041615143U);
  EXPECT_EQ(words[1999], 2894893787U);
}

TEST(CounterRandom, IsNamedBySeedItemStreamAndPart) {
  const auto words = [](CounterRandom random) {
    return std::vector{random.word(), random.word(), random.word()};
  };
  const auto first = words({1, 2, Stream::kEpisode, 3, 4});
  EXPECT_EQ(words({1, 2, Stream::kEpisode, 3, 4}), first);
  EXPECT_NE(words({9, 2, Stream::kEpisode, 3, 4}), first);
  EXPECT_NE(words({1, 9, Stream::kEpisode, 3, 4}), first);
  EXPECT_NE(words({1, 2, Stream::kSplit, 3, 4}), first);
  EXPECT_NE(words({1, 2, Stream::kEpisode, 9, 4}), first);
  EXPECT_NE(words({1, 2, Stream::kEpisode, 3, 9}), first);
}

TEST(CounterRandom, IsPhilox) {
  // Random123's known-answer vector: philox4x64-10, all-zero counter and key.
  const r123::Philox4x64::ctr_type block = r123::Philox4x64()({{0, 0, 0, 0}}, {{0, 0}});
  EXPECT_EQ(block[0], 0x16554d9eca36314cULL);
  // Ours: halves of the numbers of the blocks, the lower one first.
  CounterRandom random(1, 2, Stream::kSplit, 3, 4);
  for (const std::uint64_t number : {0ULL, 1ULL}) {
    const r123::Philox4x64::ctr_type counter = {{number, 4, 2, (2ULL << 32U) | 3U}};
    for (const std::uint64_t word : r123::Philox4x64()(counter, {{1, 0x7265636f6d62696eULL}})) {
      EXPECT_EQ(random.word(), static_cast<std::uint32_t>(word)) << number;
      EXPECT_EQ(random.word(), static_cast<std::uint32_t>(word >> 32U)) << number;
    }
  }
}

TEST(CounterRandom, DrawsEveryValueAboutEquallyOften) {
  CounterRandom random(1, 0, Stream::kSample);
  std::vector<int> counts(7);
  constexpr int kEach = 10000;
  for (int i = 0; i < 7 * kEach; ++i) ++counts[random.below(7)];
  for (const int count : counts) EXPECT_NEAR(count, kEach, 500);  // five standard deviations
}

TEST(CounterRandom, DrawsUnitsInTheHalfOpenInterval) {
  CounterRandom random(3, 1, Stream::kSample);
  double sum = 0;
  for (int i = 0; i < 10000; ++i) {
    const double unit = random.unit();
    ASSERT_GE(unit, 0);
    ASSERT_LT(unit, 1);
    sum += unit;
  }
  EXPECT_NEAR(sum / 10000, 0.5, 0.015);
}

TEST(Shuffle, KeepsEveryElement) {
  std::vector<int> values(100);
  std::iota(values.begin(), values.end(), 0);
  CounterRandom random(1, 1, Stream::kBatch);
  shuffle(random, std::span(values));
  EXPECT_FALSE(std::is_sorted(values.begin(), values.end()));
  EXPECT_EQ(std::set<int>(values.begin(), values.end()).size(), 100U);
}

}  // namespace
}  // namespace recombine
