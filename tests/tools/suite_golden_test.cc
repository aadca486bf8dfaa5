// Golden: the first episodes of every task of grids of the frozen suite, split as the task says.
// (The worlds and two whole tasks of grids are made in suite_test.cc.)

#include <filesystem>
#include <regex>
#include <string>

#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/storage/folder.h"
#include "tests/data/temporary_folder.h"
#include "tests/places.h"
#include "tests/tools/program.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFewEpisodes = "episodes = 400";

/// The suite with fewer episodes a task: of a counter stream the first ones.
void write_few(const fs::path& suite, const fs::path& few) {
  static const std::regex kEpisodes("(^|\n)episodes = [0-9]+");
  for (const fs::path& file : visible_entries(suite)) {
    const std::string text = read_file(file);
    if (text.find("[grids]") == std::string::npos) continue;
    write_file(few / file.filename(), std::regex_replace(text, kEpisodes, cat("$1", kFewEpisodes)));
  }
}

std::string golden_digests(const std::string& name) {
  const fs::path file = fs::path(source_folder()) / "tests/golden" / name;
  std::string text = read_file(file);
  while (text.starts_with("#")) text.erase(0, text.find('\n') + 1);
  return text;
}

TEST(FrozenSuite, FirstEpisodesOfEveryTaskComeOutAsTheyWereFrozen) {
#ifdef RECOMBINE_SANITIZED
  GTEST_SKIP() << "thirty sets take minutes with sanitizers";
#endif
  const TemporaryFolder folder;
  const fs::path few = folder / "few";
  fs::create_directory(few);
  write_few(fs::path(source_folder()) / "configs/suite/v1", few);
  const Outcome made = recombine(
      {"suite", "make", "--suite", few.string(), "--out", (folder / "out").string(), "--quiet"});
  ASSERT_EQ(made.code, kDone) << made.error;
  EXPECT_EQ(made.out, golden_digests("suite-first-episodes.txt"))
      << "a task that is new gets its line by the command in that file; a line that is there never "
         "changes";
}

}  // namespace
}  // namespace recombine
