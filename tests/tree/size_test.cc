#include <algorithm>
#include <cstdlib>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"
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

TEST(Tree, IsReadWhereThereIsNoGitToo) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "data");
  std::filesystem::create_directories(folder / "build");
  write_file(folder / "data/a.h", "a\n");
  write_file(folder / "build/b.h", "b\n");
  EXPECT_EQ(read_tree(folder.path()), (Files{{"data/a.h", "a\n"}}));
}

TEST(Tree, IsWhatGitWouldTake) {
  const TemporaryFolder folder;
  const std::string init = "git init -q '" + folder.path().string() + "' 2>/dev/null";
  if (std::system(init.c_str()) != 0) GTEST_SKIP() << "there is no git";
  write_file(folder / "a b.h", "a\n");
  write_file(folder / "venv.h", "b\n");
  write_file(folder / ".gitignore", "venv.h\n");
  EXPECT_EQ(sources_of(read_tree(folder.path())), (Files{{"a b.h", "a\n"}}));
}

TEST(Tree, CountsALastLineWithoutItsEnd) {
  EXPECT_EQ(count_lines(""), 0);
  EXPECT_EQ(count_lines("a\nb\n"), 2);
  EXPECT_EQ(count_lines("a\nb"), 2);
}

}  // namespace
}  // namespace recombine::tree
