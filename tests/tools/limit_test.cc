// Answers to the first items of a set alone (--limit): what is asked, and what scores are of.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json.h"
#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"
#include "tests/tools/program.h"

namespace recombine {
namespace {

using Words = std::vector<std::string>;

Words words_of(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

class FirstItems : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(run({"generate", "grids", "--episodes", "40", "--out", path("set")}).code, kDone);
  }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  static Outcome run(const Words& words) { return recombine(words_of(words, {"--quiet"})); }
  Outcome baseline(const std::string& out, const Words& more) const {
    return run(words_of({"baseline", "oracle", "--data", path("set"), "--out", path(out)}, more));
  }
  Json report_of(const Words& files) const {
    const Outcome outcome =
        run(words_of(words_of({"evaluate", "--data", path("set"), "--predictions"}, files),
                     {"--out", path("report.json"), "--force"}));
    EXPECT_EQ(outcome.code, kDone) << outcome.error;
    return Json::parse(read_file(path("report.json")));
  }

  TemporaryFolder folder_;
};

TEST_F(FirstItems, AreAnsweredAndScored) {
  ASSERT_EQ(baseline("all.jsonl", {}).code, kDone);
  const Outcome outcome = baseline("some.jsonl", {"--limit", "12"});
  ASSERT_EQ(outcome.code, kDone) << outcome.error;
  EXPECT_THAT(outcome.out, testing::HasSubstr("to 12 items"));
  const std::string some = read_file(path("some.jsonl"));
  EXPECT_TRUE(read_file(path("all.jsonl")).starts_with(some)) << "the first rows of all";
  EXPECT_EQ(Json::parse(read_file(path("some.meta.json")))["planned_items"].size(), 12U);
  const Json scores = report_of({path("some.jsonl")})["splits"]["set"];
  EXPECT_EQ(scores["planned"], 12 * 14);
  EXPECT_EQ(scores["missing"], 0);
  EXPECT_EQ(scores["note"], "the first 12 of 40 items");
  EXPECT_EQ(scores["exact"]["value"], 1.0);
}

TEST_F(FirstItems, MayBeAnsweredInParts) {
  for (const char* part : {"0", "1"}) {
    ASSERT_EQ(
        baseline(cat("p", part, ".jsonl"), {"--limit", "13", "--shard", cat(part, "/2")}).code,
        kDone);
  }
  EXPECT_EQ(report_of({path("p0.jsonl"), path("p1.jsonl")})["splits"]["set"]["planned"], 13 * 14);
}

TEST_F(FirstItems, AreAllWhereThereAreNoMore) {
  ASSERT_EQ(baseline("all.jsonl", {}).code, kDone);
  ASSERT_EQ(baseline("more.jsonl", {"--limit", "41"}).code, kDone);
  EXPECT_EQ(read_file(path("more.jsonl")), read_file(path("all.jsonl")));
  EXPECT_EQ(read_file(path("more.meta.json")), read_file(path("all.meta.json")));
  EXPECT_EQ(baseline("none.jsonl", {"--limit", "-1"}).code, kWrongUse);
}

}  // namespace
}  // namespace recombine
