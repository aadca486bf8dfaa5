// The family of facts on the command line.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/json.h"
#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"
#include "tests/tools/program.h"
#include "tools/sections.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class Facts : public testing::Test {
 protected:
  Outcome generate(const std::string& out, const std::vector<std::string>& more = {}) {
    std::vector<std::string> words = {
        "generate",    "facts", "--entities", "50",
        "--relations", "20",    "--out",      (folder_ / out).string(),
        "--quiet"};
    words.insert(words.end(), more.begin(), more.end());
    return recombine(words);
  }
  void expect_wrong(const std::vector<std::string>& more, const std::string& text) {
    const Outcome outcome = generate("a", more);
    EXPECT_EQ(outcome.code, kWrongUse) << outcome.error;
    EXPECT_THAT(outcome.error, HasSubstr(text));
    EXPECT_EQ(std::ranges::count(outcome.error, '\n'), 1) << outcome.error;
    EXPECT_TRUE(fs::is_empty(folder_.path()));
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  TemporaryFolder folder_;
};

TEST_F(Facts, AreMadeAsAFolderOfSets) {
  const Outcome outcome = generate("w", {"--hops", "3"});
  EXPECT_EQ(outcome.code, kDone) << outcome.error;
  EXPECT_THAT(outcome.out, HasSubstr("train: 7840 facts, sha256:"));  // 1000 + 7.2 x 950
  for (const char* set : {"train", "val_id", "test_id", "val_ood", "test_ood", "id_atomic",
                          "ood_atomic", "train_inferred", "test_3hop_iid", "test_3hop_ood"}) {
    EXPECT_TRUE(fs::exists((folder_ / "w") / set / "manifest.json")) << set;
  }
  const Outcome verified = recombine({"verify", path("w"), "--json", "--quiet"});
  EXPECT_EQ(verified.code, kDone) << verified.out;
}

TEST_F(Facts, AreTheSameForAnyThreads) {
  ASSERT_EQ(generate("a").code, kDone);
  ASSERT_EQ(generate("b", {"--threads", "3", "--resume"}).code, kDone);
  EXPECT_EQ(read_file((folder_ / "a") / "world.json"), read_file((folder_ / "b") / "world.json"));
}

TEST_F(Facts, HaveOneLineForWhatIsWrong) {
  expect_wrong({"--degree", "21"}, "--degree 21");
  expect_wrong({"--entities", "1"}, "--entities 1");
  expect_wrong({"--lambda", "25"}, "--lambda 25");
  expect_wrong({"--noise", "0.2"}, "--noise-hop");
  expect_wrong({"--hops", "5"}, "--hops 5");
  expect_wrong({"--cot=maybe"}, "--cot maybe: must be on or off");
  expect_wrong({"--cot", "maybe"}, "--cot maybe: must be on or off");
  expect_wrong({"--entitties", "5"}, "did you mean 'entities'");
}

TEST_F(Facts, RefuseTheOptionsOfGrids) {
  expect_wrong({"--episodes", "5"}, "--episodes: is an option of grids alone");
  expect_wrong({"--stream", "published"}, "--stream: is an option of grids alone");
  expect_wrong({"--shards", "2"}, "--shards: is an option of grids alone");
  expect_wrong({"--grids.side", "6"}, "--grids.side: is an option of grids alone");
  expect_wrong({"--shard", "0/2"}, "--shard: is an option of grids alone");
  const Outcome other =
      recombine({"generate", "grids", "--episodes", "1", "--lambda", "2", "--out", path("a")});
  EXPECT_EQ(other.code, kWrongUse);
  EXPECT_THAT(other.error, HasSubstr("--lambda: is an option of facts alone"));
}

TEST_F(Facts, AreAFamilyWhereverTheWordStands) {
  const auto printed = [](const std::vector<std::string>& words) {
    std::vector<std::string> all = {"config", "print", "generate"};
    all.insert(all.end(), words.begin(), words.end());
    return recombine(all).out;
  };
  EXPECT_THAT(printed({"--seed", "5", "facts"}), HasSubstr("[facts]"));
  EXPECT_THAT(printed({"--force", "facts", "--hops", "3"}), HasSubstr("hops = 3"));
  EXPECT_THAT(printed({"--out", "facts", "grids", "--side", "6"}), HasSubstr("side = 6"));
  EXPECT_THAT(printed({"--out", "facts"}), Not(HasSubstr("[facts]")));
  EXPECT_THAT(printed({"facts"}), Not(HasSubstr("[grids]")));
}

TEST_F(Facts, ReadTheConfigThatTheyPrint) {
  const Outcome printed =
      recombine({"config", "print", "generate", "facts", "--lambda", "0.9", "--cot", "off"});
  write_file(folder_ / "c.ini", printed.out + "\n[grids]\nside = 6\n");
  const Outcome again = recombine(
      {"config", "print", "generate", "facts", "--config", path("c.ini"), "--noise-mode=legacy"});
  EXPECT_THAT(again.out, HasSubstr("lambda = 0.9"));
  EXPECT_THAT(again.out, HasSubstr("cot = false"));
  EXPECT_THAT(again.out, HasSubstr("noise-mode = legacy"));
}

TEST_F(Facts, AreMadeAgainFromTheRecipeOfASet) {
  ASSERT_EQ(generate("w", {"--seed", "9"}).code, kDone);
  ASSERT_EQ(recombine({"export", path("w/test_ood"), "--format", "recipe", "--out", path("r.json"),
                       "--quiet"})
                .code,
            kDone);
  EXPECT_EQ(recombine({"generate", "--recipe", path("r.json"), "--out", path("b"), "--quiet"}).code,
            kDone);
  Json recipe = Json::parse(read_file(folder_ / "r.json"));
  recipe["seed"] = 10;
  write_file(folder_ / "r.json", recipe.dump());
  const Outcome other =
      recombine({"generate", "--recipe", path("r.json"), "--out", path("c"), "--quiet"});
  EXPECT_EQ(other.code, kAnswerIsNo);
  EXPECT_THAT(other.error, HasSubstr("digest"));
  EXPECT_EQ(
      recombine({"generate", "--recipe", path("r.json"), "--shards", "2", "--out", path("d")}).code,
      kWrongUse);
}

TEST_F(Facts, AreHelpedWithBesideGrids) {
  const std::string help = recombine({"generate", "--help"}).out;
  EXPECT_THAT(help, HasSubstr("[facts]"));
  EXPECT_THAT(help, HasSubstr("--lambda"));
  EXPECT_THAT(help, HasSubstr("--episodes"));
  EXPECT_THAT(recombine({"list", "families"}).out, HasSubstr("facts"));
}

TEST(Sections, HaveTheFactsOfTheContract) {
  EXPECT_THAT(section_keys("facts"),
              testing::IsSupersetOf({"entities", "relations", "degree", "lambda", "cot", "noise",
                                     "noise-hop", "noise-mode", "hops", "seed"}));
}

}  // namespace
}  // namespace recombine
