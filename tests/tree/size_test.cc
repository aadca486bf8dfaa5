#include <algorithm>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/places.h"
#include "tests/tree/rules.h"
#include "tests/tree/sources.h"

namespace recombine::tree {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Tree, HasNoSourceOverThreeHundredLines) {
  std::vector<std::string> too_long;
  for (const auto& [path, text] : sources_of(read_tree(source_folder()))) {
    if (count_lines(text) > 300) too_long.push_back(path);
  }
  EXPECT_THAT(too_long, IsEmpty());
}

TEST(Tree, HasSmallSources) {
  std::vector<int> lines;
  for (const auto& [path, text] : sources_of(read_tree(source_folder()))) {
    if (!path.starts_with("tests/")) lines.push_back(count_lines(text));
  }
  ASSERT_FALSE(lines.empty());
  std::ranges::sort(lines);
  EXPECT_LE(lines[lines.size() / 2], 100);
}

TEST(Tree, NamesNoPlaceOfOneMachine) {
  EXPECT_THAT(foreign_paths(read_tree(source_folder())), IsEmpty());
}

TEST(Tree, FindsAPlantedPlaceOfOneMachine) {
  const std::string place = std::string("/") + "tmp/x";
  EXPECT_THAT(foreign_paths({{"a.md", "fine: out/tmp/x\nsee " + place + "\n"}}),
              ElementsAre("a.md:2: see " + place));
}

TEST(Tree, CountsALastLineWithoutItsEnd) {
  EXPECT_EQ(count_lines(""), 0);
  EXPECT_EQ(count_lines("a\nb\n"), 2);
  EXPECT_EQ(count_lines("a\nb"), 2);
}

}  // namespace
}  // namespace recombine::tree
