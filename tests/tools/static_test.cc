// The static control and recipes of whole folders, as a person types them.

#include <algorithm>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "data/storage/manifest.h"
#include "tests/data/temporary_folder.h"
#include "tests/tools/program.h"

namespace recombine {
namespace {

using testing::HasSubstr;

class Folders : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  void make_static_split() const {
    ASSERT_EQ(recombine({"generate", "grids", "--static", "--out", path("all"), "--quiet"}).code,
              kDone);
    ASSERT_EQ(recombine({"split", "--data", path("all"), "--protocol", "published", "--out",
                         path("split"), "--quiet"})
                  .code,
              kDone);
  }
  std::ptrdiff_t lines_of(const std::string& name) const {
    return std::ranges::count(read_file(folder_ / name), '\n');
  }
  Outcome recipe_of(const std::string& name) const {
    return recombine(
        {"export", path(name), "--format", "recipe", "--out", path("r.json"), "--force"});
  }
  Outcome remade(const std::string& out) const {
    return recombine({"generate", "--recipe", path("r.json"), "--out", path(out), "--quiet"});
  }

  TemporaryFolder folder_;
};

TEST_F(Folders, OfStaticDataAreExportedUnderThePublishedNames) {
  make_static_split();
  ASSERT_EQ(
      recombine({"export", path("split"), "--format", "carc", "--out", path("x"), "--quiet"}).code,
      kDone);
  EXPECT_EQ(lines_of("x/train_static_systematicity_seed_1860.jsonl"), 290);
  EXPECT_EQ(lines_of("x/val_static_systematicity_seed_1860.jsonl"), 14);
  const std::string test = read_file(folder_ / "x/test_static_systematicity_seed_1860.jsonl");
  EXPECT_EQ(test, read_file(folder_ / "x/val_static_systematicity_seed_1860.jsonl"));
  EXPECT_TRUE(test.starts_with(R"({"study_examples": [], "queries": [[[[)"));
  ASSERT_EQ(
      recombine({"import", "--format", "carc", "--in", path("x"), "--out", path("i"), "--quiet"})
          .code,
      kDone);
  EXPECT_EQ(recombine({"verify", path("i"), "--quiet"}).code, kDone);
  ASSERT_EQ(
      recombine({"export", path("i"), "--format", "carc", "--out", path("y"), "--quiet"}).code,
      kDone);
  EXPECT_EQ(read_file(folder_ / "y/test_static_systematicity_seed_1860.jsonl"), test);
}

TEST_F(Folders, OfStaticDataAreReadByAllThatReadsGrids) {
  make_static_split();
  EXPECT_EQ(recombine({"verify", path("all"), "--all", "--quiet"}).code, kDone);
  EXPECT_EQ(recombine({"verify", path("split"), "--all", "--quiet"}).code, kDone);
  EXPECT_THAT(recombine({"stats", path("split/train"), "--quiet"}).out, HasSubstr("290 episodes"));
  EXPECT_THAT(recombine({"view", path("split/train"), "--item", "0"}).out,
              HasSubstr("queries: shape"));
  const Outcome oracle = recombine({"baseline", "oracle", "--data", path("split/test_ood"), "--out",
                                    path("o.jsonl"), "--quiet"});
  EXPECT_EQ(oracle.code, kDone);
  EXPECT_THAT(oracle.error, HasSubstr("no answer to 14 of 14 episodes, which have no study pairs"));
}

TEST_F(Folders, OfASplitAreMadeAgainFromOneRecipe) {
  ASSERT_EQ(
      recombine({"generate", "grids", "--episodes", "60", "--out", path("all"), "--quiet"}).code,
      kDone);
  ASSERT_EQ(recombine({"split", "--data", path("all"), "--seed", "1870", "--out", path("split"),
                       "--quiet"})
                .code,
            kDone);
  ASSERT_EQ(recipe_of("split").code, kDone);
  const Outcome again = remade("again");
  EXPECT_EQ(again.code, kDone) << again.error;
  EXPECT_THAT(again.out, HasSubstr("again/val_id: "));
  EXPECT_EQ(read_file(folder_ / "again/split.json"), read_file(folder_ / "split/split.json"));
  Json recipe = Json::parse(read_file(folder_ / "r.json"));
  recipe["sets"]["test_ood"]["digest"] = "sha256:0";
  write_file(folder_ / "r.json", recipe.dump());
  const Outcome other = remade("other");
  EXPECT_EQ(other.code, kAnswerIsNo);
  EXPECT_THAT(other.error, HasSubstr("other/test_ood is not the recorded one, sha256:0"));
}

TEST_F(Folders, OfAWorldAreMadeAgainFromOneRecipe) {
  ASSERT_EQ(recombine({"generate", "facts", "--entities", "40", "--relations", "8", "--degree", "5",
                       "--lambda", "1", "--seed", "3", "--out", path("world"), "--quiet"})
                .code,
            kDone);
  ASSERT_EQ(recipe_of("world").code, kDone);
  const Outcome again = remade("again");
  EXPECT_EQ(again.code, kDone) << again.error;
  for (const char* set : {"train", "test_id", "test_ood", "id_atomic"})
    EXPECT_EQ(read_manifest(folder_ / "again" / set).digest,
              read_manifest(folder_ / "world" / set).digest);
}

TEST_F(Folders, OfAnImportHaveNoRecipe) {
  make_static_split();
  recombine({"export", path("split"), "--format", "carc", "--out", path("x"), "--quiet"});
  recombine({"import", "--format", "carc", "--in", path("x"), "--out", path("i"), "--quiet"});
  const Outcome refused = recipe_of("i");
  EXPECT_EQ(refused.code, kBadData);
  EXPECT_THAT(refused.error, HasSubstr("is imported, and so cannot be made again"));
}

TEST_F(Folders, OfPredictionsOfTwoAreCompared) {
  make_static_split();
  for (const char* name : {"copy-input", "oracle"})
    ASSERT_EQ(recombine({"baseline", name, "--data", path("all"), "--out",
                         path(std::string(name) + ".jsonl"), "--quiet"})
                  .code,
              kDone);
  const Outcome scored =
      recombine({"evaluate", "--data", path("all"), "--predictions", path("copy-input.jsonl"),
                 path("oracle.jsonl"), "--json", "--queries", "first", "--published", "--quiet"});
  ASSERT_EQ(scored.code, kDone) << scored.error;
  const Json json = Json::parse(scored.out);
  const Json& comparison = json.at("comparisons").at(0);
  EXPECT_EQ(comparison.at("queries"), 8);
  EXPECT_EQ(comparison.at("mcnemar").at("only_second"), 8);
  EXPECT_EQ(comparison.at("told_apart"), true);
  const Json& split = json.at("reports").at(1).at("splits").at("all");
  EXPECT_EQ(split.at("queries"), "first");
  EXPECT_EQ(split.at("published").at("figures").at("exact"), 1.0);
}

}  // namespace
}  // namespace recombine
