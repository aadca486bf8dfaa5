#include "data/text.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace recombine {
namespace {

TEST(NaturalOrder, CountsNumbersAsNumbers) {
  const std::vector<std::string> sorted = {"",      "007bbfb7", "e1",     "e2",       "e2.json",
                                           "e02.x", "e10",      "e10-b2", "e10-b010", "e100",
                                           "f0",    "f00",      "f1"};
  std::vector<std::string> names = sorted;
  std::ranges::reverse(names);
  std::ranges::sort(names, natural_less);
  EXPECT_EQ(names, sorted);
}

TEST(NaturalOrder, HasOneOrderForNamesThatDifferInZerosAlone) {
  EXPECT_TRUE(natural_less("a01", "a1"));
  EXPECT_FALSE(natural_less("a1", "a01"));
  EXPECT_FALSE(natural_less("a1", "a1"));
  EXPECT_TRUE(natural_less("a99999999999999999999998", "a99999999999999999999999"));
  EXPECT_TRUE(natural_less("train-e9", "train-e10"));
}

TEST(ShortNames, AreAsLongAsTellsFoldersApart) {
  const auto names = [](const std::vector<std::string>& folders) { return short_names(folders); };
  EXPECT_THAT(names({"runs/mini", "runs/tiny/"}), testing::ElementsAre("mini", "tiny"));
  EXPECT_THAT(names({"a/run", "b/run/"}), testing::ElementsAre("a/run", "b/run"));
  EXPECT_THAT(names({"run", "b/run"}), testing::ElementsAre("run", "b/run"));
  EXPECT_THAT(names({"a/run", "a/run"}), testing::ElementsAre("run", "run"));
}

TEST(SimilarName, IsNothingWhereNoneIsLikeIt) {
  const std::vector<std::string> known = {"stats", "train", "grids"};
  EXPECT_EQ(similar_name("trian", known), "train");
  EXPECT_EQ(similar_name("gird", known), "grids");
  EXPECT_EQ(similar_name("bogus", known), "");
  EXPECT_EQ(similar_name("x", {}), "");
}

}  // namespace
}  // namespace recombine
