// recombine suite: the frozen tasks, and a small suite of its own scored and ranked.

#include "tools/suites/suite.h"

#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "data/storage/folder.h"
#include "generator/grids/split/axes.h"
#include "tests/data/temporary_folder.h"
#include "tests/places.h"
#include "tests/tools/program.h"
#include "tests/tools/small_suite.h"
#include "tools/suites/made.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(FrozenSuite, HasATaskOfEachAxisAtBothSidesAndFacts) {
  const Suite suite = open_suite("v1");
  for (const Axis& axis : axes()) {
    for (const char* side : {"-6", "-10"}) {
      const SuiteTask* task = suite.find(std::string(axis.name) + side);
      ASSERT_NE(task, nullptr) << axis.name << side << " has no file in configs/suite/v1";
      EXPECT_EQ(task->axis(), axis.name);
      EXPECT_TRUE(task->certified());
    }
  }
  EXPECT_TRUE(std::ranges::any_of(suite.tasks, &SuiteTask::facts));
}

TEST(FrozenSuite, EveryTaskHasADigestAndTestSetsOfFiveHundred) {
  for (const SuiteTask& task : open_suite("v1").tasks) {
    ASSERT_TRUE(task.frozen.has_value()) << task.name;
    EXPECT_THAT(task.about, StartsWith("Held out: ")) << task.name;
    for (const std::string set : {"test_id", "test_ood"}) {
      const auto place = std::ranges::find(task.frozen->sets, set, &FrozenTask::Set::name);
      ASSERT_NE(place, task.frozen->sets.end()) << task.name;
      EXPECT_GE(place->count, 500U) << task.name << " " << set;
    }
  }
}

TEST(FrozenSuite, TheProgramHasInItselfWhatTheTreeHas) {
  const Suite own = open_suite("v1");
  const Suite tree = open_suite((fs::path(source_folder()) / "configs/suite/v1").string());
  ASSERT_EQ(own.tasks.size(), tree.tasks.size());
  for (std::size_t i = 0; i < own.tasks.size(); ++i) {
    EXPECT_EQ(own.tasks[i].name, tree.tasks[i].name);
    EXPECT_EQ(own.tasks[i].frozen->digest, tree.tasks[i].frozen->digest);
  }
}

/// Golden: a task of grids, one whose order is drawn, and every world. The others take minutes;
/// `recombine suite make` compares them all.
TEST(FrozenSuite, TasksComeOutAsTheyWereFrozen) {
  const TemporaryFolder folder;
  std::string only = "systematicity-6,order-6";
  for (const SuiteTask& task : open_suite("v1").tasks) {
    if (task.facts) only += "," + task.name;
  }
  const Outcome made =
      recombine({"suite", "make", "--only", only, "--out", (folder / "data").string(), "--quiet"});
  EXPECT_EQ(made.code, kDone) << made.error;
}

TEST_F(SmallSuite, AnswersBecomeReportsAndReportsABoard) {
  ASSERT_EQ(make().code, kDone);
  answer_all();
  const fs::path reports = folder_ / "reports";
  const Outcome scored =
      use("score", {"--data", data().string(), "--predictions", answers().string(), "--out",
                    reports.string(), "--resamples", "100", "--quiet"});
  ASSERT_EQ(scored.code, kDone) << scored.error;
  EXPECT_THAT(scored.out, HasSubstr("| task | held out | ceiling | oracle | copy-input |"));
  EXPECT_TRUE(fs::exists(reports / "copy-input.json"));
  const Outcome again = use("score", {"--data", data().string(), "--predictions",
                                      answers().string(), "--out", reports.string(), "--quiet"});
  EXPECT_EQ(again.code, kBadData);
  EXPECT_THAT(again.error, HasSubstr("--force"));
  const Outcome board = recombine({"leaderboard", "--suite", (reports / "copy-input.json").string(),
                                   (reports / "oracle.json").string(), "--json"});
  ASSERT_EQ(board.code, kDone) << board.error;
  const Json json = Json::parse(board.out);
  EXPECT_EQ(json["tasks"][0]["task"], "colour-6");
  EXPECT_EQ(json["tasks"][0]["ceiling"], 1.0);
  EXPECT_EQ(json["tasks"][0]["models"]["oracle"]["ood"]["value"], 1.0);
  // An ordinary board reads them too.
  const Outcome plain = recombine({"leaderboard", (reports / "oracle.json").string()});
  EXPECT_EQ(plain.code, kDone) << plain.error;
}

TEST_F(SmallSuite, TheFolderOfTheTasksIsEnoughAndABoardTakesAFolder) {
  ASSERT_EQ(make().code, kDone);
  answer_all();
  const Outcome scored =
      use("score", {"--out", data().string(), "--predictions", answers().string(), "--quiet"});
  ASSERT_EQ(scored.code, kDone) << scored.error;
  const fs::path reports = data() / "reports";
  const fs::path board = folder_ / "board.csv";
  const Outcome ranked =
      recombine({"leaderboard", "--suite", reports.string(), "--out", board.string()});
  ASSERT_EQ(ranked.code, kDone) << ranked.error;
  EXPECT_THAT(ranked.out, HasSubstr("1 tasks, 2 models"));
  EXPECT_THAT(read_file(board), HasSubstr("small,colour-6,colour,yes,1.0,oracle,baseline,"));
  const Outcome none = recombine({"leaderboard", "--suite", answers().string()});
  EXPECT_EQ(none.code, kBadData);
  // A matrix beside the reports is none of them.
  for (int time = 0; time < 2; ++time) {
    const Outcome beside = recombine({"leaderboard", "--suite", reports.string(), "--out",
                                      (reports / "matrix.json").string(), "--force"});
    EXPECT_EQ(beside.code, kDone) << beside.error;
    EXPECT_EQ(beside.out.substr(beside.out.find(": ")), ": 1 tasks, 2 models\n");
  }
}

TEST_F(SmallSuite, AFileOfAnyNameIsFoundByItsDigest) {
  ASSERT_EQ(make().code, kDone);
  answer("oracle", folder_ / "mine.jsonl");
  const Outcome scored =
      use("score", {"--data", data().string(), "--predictions", (folder_ / "mine.jsonl").string(),
                    "--out", (folder_ / "all.json").string(), "--quiet"});
  ASSERT_EQ(scored.code, kDone) << scored.error;
  EXPECT_THAT(scored.out, HasSubstr("| oracle |"));
  EXPECT_TRUE(fs::exists(folder_ / "all.json"));
}

TEST_F(SmallSuite, RefusesAnswersToOtherDataAndFilesThatNameAnotherSet) {
  ASSERT_EQ(make().code, kDone);
  answer("copy-input", answers() / "mine/colour-6.test_id.jsonl", "test_ood");
  const Outcome other_set =
      use("score", {"--data", data().string(), "--predictions", answers().string(), "--quiet"});
  EXPECT_EQ(other_set.code, kBadData);
  EXPECT_THAT(other_set.error, HasSubstr("answers test_ood of task colour-6"));
  const fs::path meta = answers() / "mine/colour-6.test_id.meta.json";
  Json damaged = Json::parse(read_file(meta));
  damaged["data_digest"] = "sha256:0";
  write_file(meta, damaged.dump());
  const Outcome other_data =
      use("score", {"--data", data().string(), "--predictions", answers().string(), "--quiet"});
  EXPECT_EQ(other_data.code, kBadData);
  EXPECT_THAT(other_data.error, HasSubstr("another data set"));
}

/// Whoever answers one episode of the set alone, and has it right.
TEST_F(SmallSuite, WhatWasNotAskedIsNotRight) {
  ASSERT_EQ(make().code, kDone);
  answer("oracle", answers() / "few/colour-6.test_ood.jsonl");
  const fs::path rows = answers() / "few/colour-6.test_ood.jsonl";
  const std::string first = read_file(rows).substr(0, read_file(rows).find('\n') + 1);
  write_file(rows, first);
  const fs::path file = answers() / "few/colour-6.test_ood.meta.json";
  Json meta = Json::parse(read_file(file));
  const auto all = meta["planned"].get<int>();
  meta["planned"] = 1;
  meta["queries_per_item"] = 1;
  meta["planned_items"] = {Json::parse(first)["item"]};
  write_file(file, meta.dump());
  const Outcome scored = use("score", {"--data", data().string(), "--predictions",
                                       answers().string(), "--json", "--quiet"});
  ASSERT_EQ(scored.code, kDone) << scored.error;
  EXPECT_THAT(scored.error, HasSubstr(cat("few has no answer to ", all - 1, " of ", all,
                                          " queries of colour-6.test_ood; they count as wrong")));
  const Json report = Json::parse(scored.out);
  const Json& exact = report["reports"][0]["splits"]["test_ood"]["exact"];
  EXPECT_NEAR(exact["value"].get<double>(), 1.0 / all, 1e-9) << report.dump();
}

TEST_F(SmallSuite, ReportsHaveTheirPlaceBeforeTheWork) {
  ASSERT_EQ(make().code, kDone);
  answer_all();
  write_file(folder_ / "file", "");
  for (const char* out : {"file", "file/reports", "none/all.json"}) {
    const Outcome scored = use("score", {"--data", data().string(), "--predictions",
                                         answers().string(), "--out", (folder_ / out).string()});
    EXPECT_EQ(scored.code, kBadData) << out;
    EXPECT_THAT(scored.error, Not(HasSubstr("suite score"))) << "no progress: " << out;
  }
  const Outcome scored = use("score", {"--data", data().string(), "--predictions",
                                       answers().string(), "--out", (folder_ / "new").string()});
  EXPECT_EQ(scored.code, kDone);
  EXPECT_THAT(scored.error, HasSubstr("suite score")) << "the work shows its progress";
}

TEST_F(SmallSuite, SaysWhatOfAFolderIsNotScored) {
  ASSERT_EQ(make().code, kDone);
  answer("copy-input", answers() / "mine/color-6.test_ood.jsonl");
  const Outcome none =
      use("score", {"--data", data().string(), "--predictions", answers().string(), "--quiet"});
  EXPECT_EQ(none.code, kBadData);
  EXPECT_THAT(none.error, HasSubstr("color-6.test_ood.jsonl is not scored"));
  EXPECT_THAT(none.error, HasSubstr("holds no answers to the suite"));
}

TEST_F(SmallSuite, RefusesWrongFilesOfASuite) {
  write_file(suite() / kSuiteDigests, "colour-6 sha256:0\n");
  EXPECT_EQ(use("list").code, kBadData);
  write_file(suite() / kSuiteDigests, "other-6 sha256:0 train=1\n");
  EXPECT_THAT(use("list").error, HasSubstr("has no task other-6"));
  fs::remove(suite() / kSuiteDigests);
  write_file(suite() / "b.ini", "[grids]\nepisodes = 10\n[facts]\nhops = 2\n");
  EXPECT_EQ(use("list").code, kWrongUse);
  write_file(suite() / "b.ini", "[grids]\nepisodes = 10\nsides = 6\n");
  EXPECT_THAT(use("list").error, HasSubstr("b.ini:3: unknown key 'sides'"));
}

TEST_F(SmallSuite, IsNotCalledAsOneOfTheProgram) {
  fs::rename(suite(), folder_ / "v1");
  const Outcome listed = recombine({"suite", "list", "--suite", (folder_ / "v1").string()});
  EXPECT_EQ(listed.code, kWrongUse);
  EXPECT_THAT(listed.error, HasSubstr("is not the suite v1 that the program has"));
}

TEST(SuiteVerb, RefusesWrongWordsAndOptions) {
  EXPECT_EQ(recombine({"suite"}).code, kWrongUse);
  EXPECT_EQ(recombine({"suite", "bake"}).code, kWrongUse);
  EXPECT_EQ(recombine({"suite", "make"}).code, kWrongUse);
  EXPECT_EQ(recombine({"suite", "score", "--out", "x"}).code, kWrongUse);
  const Outcome suite = recombine({"suite", "list", "--suite", "v7"});
  EXPECT_EQ(suite.code, kWrongUse);
  EXPECT_THAT(suite.error, HasSubstr("known: v1"));
  const Outcome task = recombine({"suite", "list", "--only", "dept-6"});
  EXPECT_EQ(task.code, kWrongUse);
  EXPECT_THAT(task.error, HasSubstr("did you mean 'depth-6'"));
  const Outcome unread = recombine({"suite", "list", "--all"});
  EXPECT_EQ(unread.code, kWrongUse);
  EXPECT_THAT(unread.error, HasSubstr("--all: suite list does not read it"));
  EXPECT_EQ(recombine({"leaderboard", "--suite", "--screen", "x.json"}).code, kWrongUse);
}

}  // namespace
}  // namespace recombine
