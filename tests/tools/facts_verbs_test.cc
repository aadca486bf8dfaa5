// What a person types to score, rank, count and look at facts.

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade_facts.h"
#include "tests/tools/program.h"

namespace recombine {
namespace {

using testing::HasSubstr;
using testing::Not;

class FactVerbs : public testing::Test {
 protected:
  FactVerbs() {
    write_training_facts(folder_ / "train");
    write_composed_facts(folder_ / "test_ood", FactType::kTestOod, {2, 3}, 30);
    write_composed_facts(folder_ / "test_id", FactType::kTestIid, {4, 3}, 30);
  }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  void answer(const std::string& baseline, const std::string& set) const {
    const Outcome outcome = recombine({"baseline", baseline, "--data", path(set), "--out",
                                       path(baseline + "." + set + ".jsonl"), "--quiet"});
    ASSERT_EQ(outcome.code, kDone) << outcome.error;
  }

  Outcome evaluate_all() const {
    for (const char* baseline : {"lookup", "majority"}) {
      for (const char* set : {"test_ood", "test_id"}) answer(baseline, set);
    }
    return recombine({"evaluate", "--data", path(""), "--predictions",
                      path("lookup.test_ood.jsonl"), path("lookup.test_id.jsonl"),
                      path("majority.test_ood.jsonl"), path("majority.test_id.jsonl"), "--out",
                      path("r.json"), "--html", path("r.html"), "--quiet"});
  }

  TemporaryFolder folder_;
};

TEST_F(FactVerbs, GoFromBaselinesToALeaderboard) {
  const Outcome scored = evaluate_all();
  ASSERT_EQ(scored.code, kDone) << scored.error;
  EXPECT_THAT(scored.out, HasSubstr("lookup (baseline)"));
  EXPECT_THAT(read_file(path("r.html")), HasSubstr("<summary>majority, baseline, facts</summary>"));
  const Outcome board = recombine({"leaderboard", path("r.json"), "--published", "--json"});
  ASSERT_EQ(board.code, kDone) << board.error;
  const Json rows = Json::parse(board.out).at("rows");
  EXPECT_EQ(rows.at(0).at("name"), "lookup");
  EXPECT_EQ(rows.at(0).at("splits").at("test_ood").at("exact").at("value"), 1.0);
  for (const Json& row : rows) EXPECT_EQ(row.at("family"), "facts") << row.at("name");
  EXPECT_EQ(rows.back().at("published"), true);
}

TEST_F(FactVerbs, CountASetOrAllOfAFolder) {
  const Outcome one = recombine({"stats", path("test_ood"), "--json", "--quiet"});
  ASSERT_EQ(one.code, kDone) << one.error;
  EXPECT_EQ(Json::parse(one.out).at("count"), 30);
  EXPECT_EQ(Json::parse(one.out).at("factors").at("type").at("test_inferred_ood"), 30);
  const Outcome all = recombine({"stats", path(""), "--json", "--quiet"});
  EXPECT_EQ(Json::parse(all.out).at("count"), 400 + 30 + 30);
}

TEST_F(FactVerbs, ShowAQuestionInEveryForm) {
  const Outcome text = recombine({"view", path("test_ood"), "--item", "e1.r2.r3"});
  ASSERT_EQ(text.code, kDone) << text.error;
  EXPECT_THAT(text.out, HasSubstr("<e_32><e_20></a>"));
  EXPECT_THAT(text.out, HasSubstr("(  e_10  )")) << "a fact of the training set beside it";
  EXPECT_THAT(text.out, Not(HasSubstr("\x1b")));
  answer("majority", "test_ood");
  for (const char* form : {"v.png", "v.svg", "v.html"}) {
    const Outcome drawn = recombine({"view", path("test_ood"), "--item", "1", "--predictions",
                                     path("majority.test_ood.jsonl"), "--out", path(form)});
    ASSERT_EQ(drawn.code, kDone) << drawn.error;
    EXPECT_GT(std::filesystem::file_size(path(form)), 1000U);
  }
  const Outcome gallery = recombine({"view", path("test_ood"), "--gallery", "3", "--wrong",
                                     "--predictions", path("majority.test_ood.jsonl")});
  ASSERT_EQ(gallery.code, kDone) << gallery.error;
  EXPECT_THAT(gallery.out,
              HasSubstr("predicted no answer: no question of training ends in this relation"));
}

TEST_F(FactVerbs, SayWhichBaselinesAreForFacts) {
  const Outcome outcome =
      recombine({"baseline", "oracle", "--data", path("test_ood"), "--out", path("p.jsonl")});
  EXPECT_EQ(outcome.code, kWrongUse);
  EXPECT_THAT(outcome.error, HasSubstr("'oracle' is not for facts"));
  EXPECT_EQ(std::count(outcome.error.begin(), outcome.error.end(), '\n'), 1) << outcome.error;
  const Outcome list = recombine({"list", "baselines"});
  EXPECT_THAT(list.out, HasSubstr("grids: the query's input, unchanged"));
  EXPECT_THAT(list.out, HasSubstr("facts: the oracle"));
}

TEST_F(FactVerbs, RefuseAnswersToAnotherSet) {
  answer("lookup", "test_ood");
  const Outcome outcome = recombine({"evaluate", "--data", path("test_id"), "--predictions",
                                     path("lookup.test_ood.jsonl"), "--quiet"});
  EXPECT_EQ(outcome.code, kBadData);
  EXPECT_THAT(outcome.error, HasSubstr("answers another data set"));
}

}  // namespace
}  // namespace recombine
