// recombine suite: how tasks are made, gone on with and looked at.

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "data/storage/folder.h"
#include "generator/grids/search/grid_source.h"
#include "generator/writer/folder.h"
#include "generator/writer/writer.h"
#include "tests/tools/program.h"
#include "tests/tools/small_suite.h"
#include "tools/suites/made.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::StartsWith;

/// What a run leaves that is killed when all episodes are there and their split is not.
TEST_F(SmallSuite, GoesOnBehindTheLastEpisode) {
  const SuiteTask task = open_suite(suite().string()).tasks.front();
  WriteOptions options{data() / ".colour-6.work" / "all", task.run.episodes, task.run.shards};
  options.quiet = true;
  write_data_set(*make_grid_source(task.grids, task.run), options);
  const Outcome made = make();
  EXPECT_EQ(made.code, kDone) << made.error;
  EXPECT_TRUE(is_made(data() / "colour-6"));
  EXPECT_FALSE(fs::exists(data() / ".colour-6.work"));
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

TEST_F(SmallSuite, IsMadeAnewWhereItsFileSaysOtherwise) {
  ASSERT_EQ(make().code, kDone);
  std::string text(kSmallTask);
  text.replace(text.find("seed = 5"), 8, "seed = 6");
  write_file(suite() / "colour-6.ini", text);
  const Outcome old = make();
  EXPECT_EQ(old.code, kBadData);
  EXPECT_THAT(old.error, HasSubstr("was made of other options than task colour-6 has now"));
  const Outcome verified = use("verify", {"--data", data().string(), "--quiet"});
  EXPECT_EQ(verified.code, kAnswerIsNo);
  EXPECT_THAT(verified.out, HasSubstr("was made of other options"));
  fs::remove_all(data() / "colour-6");
  EXPECT_EQ(make().code, kDone);
}

/// Episodes whose split was refused, and those that were begun when the file said otherwise.
TEST_F(SmallSuite, LeavesNothingInTheWayOfACorrectedFile) {
  std::string text(kSmallTask);
  text.replace(text.find("axis = colour"), 13, "axis = depth");
  write_file(suite() / "colour-6.ini", text);
  EXPECT_EQ(make().code, kWrongUse);
  text.assign(kSmallTask);
  text.replace(text.find("seed = 5"), 8, "seed = 6");
  write_file(suite() / "colour-6.ini", text);
  EXPECT_EQ(make().code, kDone);
  fs::remove_all(data() / "colour-6");
  const fs::path begun = data() / ".colour-6.work/all";
  fs::create_directories(begun);
  write_file(begun / kRecipeFile, "{}");
  EXPECT_EQ(make().code, kDone);
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

TEST_F(SmallSuite, WhatIsLeftOfARunThatWasKilledAtItsVeryEndIsRemoved) {
  ASSERT_EQ(make().code, kDone);
  fs::create_directories(data() / ".colour-6.work/all");
  EXPECT_EQ(make().code, kDone);
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

/// Each is looked at by make and by verify; the folder is as it was before each.
TEST_F(SmallSuite, DamageIsNamedWithItsRemedy) {
  const Outcome made = make();
  ASSERT_EQ(made.code, kDone);
  write_file(suite() / kSuiteDigests, made.out);
  const fs::path task = data() / "colour-6";
  fs::copy(task, folder_ / "whole", fs::copy_options::recursive);
  const auto expect = [&](const char* what, const char* said) {
    for (const Outcome& outcome : {make(), use("verify", {"--data", data().string(), "--quiet"})}) {
      EXPECT_NE(outcome.code, kDone) << what;
      EXPECT_THAT(outcome.error + outcome.out, HasSubstr(said)) << what;
    }
    fs::remove_all(task);
    fs::copy(folder_ / "whole", task, fs::copy_options::recursive);
  };
  const fs::path shard = task / "val_ood/shard-00000-of-00001.rcb";
  fs::remove(shard);
  expect("a shard is gone", "is missing");
  std::string bytes = read_file(shard);
  bytes[bytes.size() / 2] ^= 1;
  write_file(shard, bytes);
  expect("a bit is flipped", "and `recombine suite make` makes it again");
  fs::remove_all(task / "val_id");
  expect("a set is gone", "has no val_id; it is not the suite's data: remove it");
  fs::remove(task / "split.json");
  expect("split.json is gone", "holds no whole task");
  const fs::path manifest = task / "train/manifest.json";
  Json json = Json::parse(read_file(manifest));
  json["count"] = json["count"].get<int>() + 1;
  json["shards"][0]["count"] = json["count"];
  write_file(manifest, json.dump());
  expect("a count is another", "items and not the frozen");
}

}  // namespace
}  // namespace recombine
