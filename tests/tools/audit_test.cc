// What verify and stats say of a split, on the command line.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/json.h"
#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"
#include "tests/tools/program.h"

namespace recombine {
namespace {

using testing::HasSubstr;

class AuditOnTheCommandLine : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  Outcome run(std::vector<std::string> words) const {
    words.emplace_back("--quiet");
    return recombine(words);
  }

  TemporaryFolder folder_;
};

TEST_F(AuditOnTheCommandLine, HasATableOfFactorsForASplit) {
  ASSERT_EQ(run({"generate", "grids", "--episodes", "150", "--out", path("all")}).code, kDone);
  ASSERT_EQ(run({"split", "--data", path("all"), "--out", path("split")}).code, kDone);
  const Outcome text = run({"verify", path("split")});
  EXPECT_EQ(text.code, kDone) << text.out;
  EXPECT_THAT(text.out, HasSubstr("ok      overlap: images"));
  EXPECT_THAT(text.out,
              HasSubstr("train lacks 2 of 10 values of triplet: grow+mirror+translation"));
  EXPECT_THAT(text.out, testing::ContainsRegex("factor +value +train +val_id +test_id"));
  const Json json = parse_json(run({"verify", path("split"), "--json"}).out);
  EXPECT_EQ(json.at("ok"), true);
  EXPECT_EQ(json.at("factors").at("triplet").at("grow+mirror+translation").at("train"), 0);
  EXPECT_FALSE(parse_json(run({"verify", path("all"), "--json"}).out).contains("factors"));
}

TEST_F(AuditOnTheCommandLine, ProvesCertificates) {
  const Outcome made = run({"generate", "grids", "--episodes", "30", "--certify", "--certify-order",
                            "any", "--out", path("sure")});
  ASSERT_EQ(made.code, kDone) << made.error;
  const Outcome verified = run({"verify", path("sure"), "--all"});
  EXPECT_EQ(verified.code, kDone);
  EXPECT_THAT(verified.out,
              HasSubstr("30 of 30 episodes have one answer to every query (any order, "
                        "sections known, 2 pairs a section)"));
  EXPECT_EQ(run({"export", path("sure"), "--format", "recipe", "--out", path("r.json")}).code,
            kDone);
  EXPECT_EQ(run({"generate", "--recipe", path("r.json"), "--out", path("again")}).code, kDone);
  EXPECT_EQ(run({"generate", "grids", "--episodes", "3", "--certify", "--stream", "published",
                 "--out", path("p")})
                .code,
            kWrongUse);
}

TEST_F(AuditOnTheCommandLine, MakesTwinsAndScoresThem) {
  const Outcome made =
      run({"generate", "grids", "--episodes", "40", "--twins", "--out", path("twins")});
  ASSERT_EQ(made.code, kDone) << made.error;
  const Outcome verified = run({"verify", path("twins"), "--all"});
  EXPECT_EQ(verified.code, kDone) << verified.out;
  EXPECT_THAT(verified.out, HasSubstr("40 episodes, each beside one that differs in one rule"));
  ASSERT_EQ(run({"baseline", "oracle", "--data", path("twins"), "--out", path("o.jsonl")}).code,
            kDone);
  const Outcome scored = run({"evaluate", "--data", path("twins"), "--predictions", path("o.jsonl"),
                              "--out", path("report.json"), "--html", path("report.html")});
  EXPECT_THAT(scored.out, HasSubstr("twin right too %"));
  EXPECT_THAT(read_file(path("report.html")), HasSubstr("twin right too %"));
  const Json twins =
      parse_json(read_file(path("report.json"))).at("splits").at("twins").at("twins");
  EXPECT_EQ(twins.at("pairs"), 20);
  EXPECT_EQ(twins.at("queries"), 560);
  EXPECT_EQ(twins.at("consistent").at("value"), 1.0);
  EXPECT_THAT(run({"generate", "grids", "--episodes", "3", "--twins", "--out", path("odd")}).error,
              HasSubstr("come in pairs"));
  ASSERT_EQ(run({"export", path("twins"), "--format", "recipe", "--out", path("t.json")}).code,
            kDone);
  EXPECT_EQ(run({"generate", "--recipe", path("t.json"), "--out", path("again")}).code, kDone);
}

TEST_F(AuditOnTheCommandLine, SelectsByDifficulty) {
  ASSERT_EQ(run({"generate", "grids", "--episodes", "20", "--difficulty", "distance=2..3,size=3..",
                 "--out", path("all")})
                .code,
            kDone);
  const Json factors = parse_json(run({"stats", path("all"), "--json"}).out).at("factors");
  std::uint64_t count = 0;
  for (const auto& [distance, episodes] : factors.at("distance").items()) {
    EXPECT_TRUE(distance == "2" || distance == "3") << distance;
    count += episodes.get<std::uint64_t>();
  }
  EXPECT_EQ(count, 20U);
  EXPECT_EQ(factors.at("depth").at("3"), 20);
  const Outcome unknown = run({"generate", "grids", "--episodes", "2", "--difficulty",
                               "hardness=1..2", "--out", path("none")});
  EXPECT_EQ(unknown.code, kWrongUse);
  EXPECT_THAT(unknown.error, HasSubstr("known: depth, size, distance, overlap"));
  EXPECT_EQ(run({"generate", "grids", "--episodes", "2", "--difficulty", "size=1..2", "--stream",
                 "published", "--out", path("none")})
                .code,
            kWrongUse);
}

TEST_F(AuditOnTheCommandLine, HasATableOfFactorsForAWorld) {
  ASSERT_EQ(run({"generate", "facts", "--entities", "60", "--relations", "12", "--degree", "6",
                 "--lambda", "3", "--out", path("world")})
                .code,
            kDone);
  const Outcome text = run({"verify", path("world")});
  EXPECT_EQ(text.code, kDone) << text.out;
  EXPECT_THAT(text.out, HasSubstr("ok      certificates"));
  EXPECT_THAT(text.out,
              testing::ContainsRegex("train lacks [0-9]+ of [0-9]+ values of composed_fact"));
  const Json json = parse_json(run({"verify", path("world"), "--json"}).out);
  EXPECT_GT(json.at("factors").at("head").size(), 50U);
}

TEST_F(AuditOnTheCommandLine, HasCeilingsAsRows) {
  ASSERT_EQ(
      run({"generate", "grids", "--episodes", "60", "--two-rule-pairs", "0", "--out", path("all")})
          .code,
      kDone);
  ASSERT_EQ(run({"baseline", "copy-input", "--data", path("all"), "--out", path("c.jsonl")}).code,
            kDone);
  const Outcome scored = run({"evaluate", "--data", path("all"), "--predictions", path("c.jsonl"),
                              "--ceilings", "--out", path("r.json")});
  EXPECT_THAT(scored.out, HasSubstr("all, ceiling with any order of the rules:"));
  EXPECT_THAT(run({"leaderboard", path("r.json")}).out, HasSubstr("| ceiling, any order |"));
}

TEST_F(AuditOnTheCommandLine, HasCeilingsForStudySettings) {
  ASSERT_EQ(run({"generate", "grids", "--episodes", "20", "--out", path("all")}).code, kDone);
  const Json json = parse_json(run({"stats", path("all"), "--json"}).out);
  EXPECT_EQ(json.at("ambiguity").size(), 4U);
  EXPECT_EQ(json.at("ambiguity").at("all").at("fixed order, sections known").at("episodes"), 20);
  EXPECT_THAT(run({"stats", path("all"), "--all"}).out, HasSubstr("three-shot"));
}

}  // namespace
}  // namespace recombine
