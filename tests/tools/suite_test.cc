// recombine suite: the frozen tasks, and a small suite of its own made, scored and ranked.

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
#include "tools/suites/made.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view kSmallTask =
    "# Held out: a colour or two.\n"
    "[grids]\nepisodes = 60\nside = 6\nstudy = 1\nqueries = 2\nmax-shape-size = 3\nshape-box = 2\n"
    "seed = 5\ncertify = true\n"
    "[split]\naxis = colour\ntest-fraction = 0.3\nid-fraction = 0.2\nprimitives = 1\n"
    "compositions = 1\nqueries = 2\n";

/// A suite of one task, its data, and answers of two baselines to it.
class SmallSuite : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(suite());
    write_file(suite() / "colour-6.ini", kSmallTask);
  }

  fs::path suite() const { return folder_ / "small"; }
  fs::path data() const { return folder_ / "data"; }
  fs::path answers() const { return folder_ / "answers"; }

  Outcome use(const std::string& part, std::vector<std::string> more = {}) const {
    std::vector<std::string> words = {"suite", part, "--suite", suite().string()};
    words.insert(words.end(), more.begin(), more.end());
    return recombine(words);
  }
  Outcome make() const { return use("make", {"--out", data().string(), "--quiet"}); }

  void answer(const std::string& model, const fs::path& file, const char* set = "test_ood") const {
    fs::create_directories(file.parent_path());
    const Outcome outcome =
        recombine({"baseline", model, "--data", (data() / "colour-6" / set).string(), "--out",
                   file.string(), "--quiet"});
    ASSERT_EQ(outcome.code, kDone) << outcome.error;
  }
  void answer_all() const {
    for (const char* set : {"test_id", "test_ood"}) {
      for (const char* model : {"copy-input", "oracle"})
        answer(model, answers() / model / cat("colour-6.", set, ".jsonl"), set);
    }
  }

  TemporaryFolder folder_;
};

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

TEST_F(SmallSuite, IsMadeOnceAndLookedAtThen) {
  const Outcome made = make();
  ASSERT_EQ(made.code, kDone) << made.error;
  EXPECT_THAT(made.out, StartsWith("colour-6 sha256:"));
  EXPECT_THAT(made.out, HasSubstr(" train="));
  const auto before = fs::last_write_time(data() / "colour-6/train/manifest.json");
  const Outcome again = make();
  EXPECT_EQ(again.out, made.out);
  EXPECT_EQ(fs::last_write_time(data() / "colour-6/train/manifest.json"), before);
  EXPECT_EQ(visible_entries(data()).size(), 1U);
  EXPECT_FALSE(fs::exists(data() / ".colour-6.work"));
}

TEST_F(SmallSuite, IsTheSameForAnyThreads) {
  const Outcome one = use("make", {"--out", data().string(), "--threads", "1", "--quiet"});
  const Outcome four =
      use("make", {"--out", (folder_ / "four").string(), "--threads", "4", "--quiet"});
  EXPECT_EQ(one.out, four.out);
}

TEST_F(SmallSuite, WhatIsLeftOfAnInterruptedRunIsGoneOnWith) {
  ASSERT_EQ(make().code, kDone);
  // As a run leaves it that was interrupted between the episodes and their split.
  fs::create_directories(data() / ".colour-6.work");
  fs::rename(data() / "colour-6", data() / ".colour-6.work/sets");
  const Outcome again = make();
  EXPECT_EQ(again.code, kDone) << again.error;
  EXPECT_FALSE(fs::exists(data() / ".colour-6.work"));
}

TEST_F(SmallSuite, ATaskThatComesOutOtherwiseIsNamedAndNotKept) {
  write_file(suite() / kSuiteDigests, "# frozen\ncolour-6 sha256:0 train=40\n");
  const Outcome made = make();
  EXPECT_EQ(made.code, kBadData);
  EXPECT_THAT(made.error, HasSubstr("task colour-6 has the digest sha256:"));
  EXPECT_THAT(made.error, HasSubstr("not the frozen sha256:0"));
  EXPECT_TRUE(fs::is_empty(data()));
}

TEST_F(SmallSuite, VerifyLooksAtDigestsAndAtEverySet) {
  const Outcome made = make();
  write_file(suite() / kSuiteDigests, made.out);
  const Outcome good = use("verify", {"--data", data().string(), "--quiet"});
  EXPECT_EQ(good.code, kDone) << good.out;
  EXPECT_THAT(good.out, StartsWith("ok      colour-6: "));
  const Outcome json = use("verify", {"--data", data().string(), "--json", "--quiet"});
  EXPECT_TRUE(Json::parse(json.out)["ok"].get<bool>());
  write_file(suite() / kSuiteDigests, "colour-6 sha256:0 train=40\n");
  const Outcome other = use("verify", {"--data", data().string(), "--quiet"});
  EXPECT_EQ(other.code, kAnswerIsNo);
  EXPECT_THAT(other.out, HasSubstr("colour-6: digest"));
  const Outcome missing = use("verify", {"--data", folder_.path().string(), "--quiet"});
  EXPECT_EQ(missing.code, kAnswerIsNo);
  EXPECT_THAT(missing.out, HasSubstr("is not there"));
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
