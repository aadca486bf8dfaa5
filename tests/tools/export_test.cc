// The published bytes, from the options of a person to the files on disk.

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/storage/hash.h"
#include "data/storage/manifest.h"
#include "tests/tools/program.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Export : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    fs::remove_all(folder());
    fs::create_directories(folder());
    const Outcome made = recombine({"generate", "grids", "--stream", "published", "--seed", "1860",
                                    "--episodes", "2000", "--out", path("all"), "--quiet"});
    ASSERT_EQ(made.code, kDone) << made.error;
  }
  static void TearDownTestSuite() { fs::remove_all(folder()); }

  static fs::path folder() {
    return fs::path(testing::TempDir()) / ("recombine_export_" + std::to_string(::getpid()));
  }
  static std::string path(const std::string& name) { return (folder() / name).string(); }
  static void expect_one_line(const std::vector<std::string>& words, int code, const char* text) {
    const Outcome outcome = recombine(words);
    EXPECT_EQ(outcome.code, code) << outcome.error;
    EXPECT_THAT(outcome.error, HasSubstr(text));
    EXPECT_EQ(std::ranges::count(outcome.error, '\n'), 1) << outcome.error;
  }
  static std::string hash_of(const std::string& name) { return sha256(read_file(path(name))); }
};

// Hashes of what the published script writes for seed 1860 and 2,000 episodes.
TEST_F(Export, GivesThePublishedBytesAndTakesThemBack) {
  const char* const published = "9f826f66c88020c86cafbfe084d324b3dc09784ac6dadbea82f7e4d07a13fc74";
  EXPECT_EQ(recombine({"export", path("all"), "--format", "carc", "--out", path("a.jsonl")}).code,
            kDone);
  EXPECT_EQ(hash_of("a.jsonl"), published);
  EXPECT_EQ(
      recombine({"import", "--format", "carc", "--in", path("a.jsonl"), "--out", path("in")}).code,
      kDone);
  EXPECT_EQ(recombine({"export", path("in"), "--format", "carc", "--out", path("b.jsonl")}).code,
            kDone);
  EXPECT_EQ(hash_of("b.jsonl"), published);
}

// Hashes of what the published split script writes for these episodes and min_func_examples 50.
TEST_F(Export, GivesTheThreePublishedSplitFiles) {
  ASSERT_EQ(recombine({"split", "--data", path("all"), "--out", path("split"), "--protocol",
                       "published", "--seed", "1860", "--min-func-examples", "50", "--quiet"})
                .code,
            kDone);
  ASSERT_EQ(recombine({"export", path("split"), "--format", "carc", "--out", path("files")}).code,
            kDone);
  EXPECT_EQ(hash_of("files/train_systematicity_seed_1860.jsonl"),
            "f2bdb214cf1a6a5c85d2a4ef6416c9f2b5103f34a9d4f71480ebcbca7704316e");
  EXPECT_EQ(hash_of("files/val_systematicity_seed_1860.jsonl"),
            "1e55554a0147d76e7e6ef156e7754031e87df7495dabdbe8f42752893ac9fb80");
  EXPECT_EQ(hash_of("files/test_systematicity_seed_1860.jsonl"),
            "ba6a99d3fcc7cbc2d6d682532a91b38ad0084bc103b5778300c140bd576a95a6");
}

TEST_F(Export, WritesARecipeFromWhichTheSetComesAgain) {
  EXPECT_EQ(recombine({"export", path("all"), "--format", "recipe", "--out", path("r.json")}).code,
            kDone);
  EXPECT_EQ(
      recombine({"generate", "--recipe", path("r.json"), "--out", path("again"), "--quiet"}).code,
      kDone);
  EXPECT_EQ(read_manifest(folder() / "again").digest, read_manifest(folder() / "all").digest);
}

TEST_F(Export, SaysWhatIsWrongInOneLine) {
  expect_one_line({"export", path("all"), "--format", "crac", "--out", path("x")}, kWrongUse,
                  "did you mean carc?");
  expect_one_line({"export", path("all"), "--format", "arc"}, kWrongUse, "--out is missing");
  expect_one_line({"export", path("all"), "--format", "arc", "--out", "-"}, kWrongUse, "--out -");
  expect_one_line({"export", path("none"), "--format", "carc", "--out", path("x")}, kBadData,
                  "none");
  expect_one_line({"import", "--format", "hf", "--in", path("x"), "--out", path("y")}, kWrongUse,
                  "hf");
  expect_one_line({"import", "--format", "carc", "--in", path("none"), "--out", path("y")},
                  kBadData, "no such file");
  EXPECT_FALSE(fs::exists(path("x")));
  EXPECT_FALSE(fs::exists(path("y")));
}

}  // namespace
}  // namespace recombine
