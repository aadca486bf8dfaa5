#include "eval/leaderboard/tie_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace recombine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Report report_of(const std::string& name, double exact, const std::string& digest = "sha256:1") {
  Report report;
  report.predictor.kind = "model";
  report.predictor.name = name;
  SplitScores scores;
  scores.data_digest = digest;
  scores.all.figures.add("exact", {exact, exact - 0.1, exact + 0.1, 0.95, "m"});
  report.splits = {{"test_ood", scores}};
  return report;
}

Comparison comparison_of(int first, int second, bool told_apart) {
  Comparison comparison;
  comparison.split = "test_ood";
  comparison.reports = {first, second};
  comparison.told_apart = told_apart;
  return comparison;
}

std::vector<int> groups_of(const std::vector<LeaderboardRow>& rows) {
  std::vector<int> groups;
  groups.reserve(rows.size());
  for (const LeaderboardRow& row : rows) groups.push_back(row.tie_group);
  return groups;
}

std::vector<std::string> names_of(const std::vector<LeaderboardRow>& rows) {
  std::vector<std::string> names;
  names.reserve(rows.size());
  for (const LeaderboardRow& row : rows) names.push_back(row.name);
  return names;
}

TEST(TieGroups, JoinRowsWhoseIntervalsOverlapTheFirst) {
  // c overlaps b, but not a, the first of the group.
  const auto rows = leaderboard_rows(
      {{report_of("a", 0.9), report_of("b", 0.75), report_of("c", 0.6), report_of("d", 0.1)}, {}});
  EXPECT_THAT(groups_of(rows), ElementsAre(1, 1, 2, 3));
  EXPECT_EQ(rows[0].tie_test, TieTest::kNone);
  EXPECT_EQ(rows[1].tie_test, TieTest::kIntervals);
  EXPECT_THAT(leaderboard_markdown(rows), HasSubstr("| b | model | - | 1 (intervals) |"));
}

TEST(TieGroups, BelieveAPairedTestBeforeIntervals) {
  const std::vector<Report> reports = {report_of("c", 0.1), report_of("a", 0.9),
                                       report_of("b", 0.85)};
  const auto rows =
      leaderboard_rows({reports, {comparison_of(1, 2, true), comparison_of(0, 2, false)}});
  EXPECT_THAT(groups_of(rows), ElementsAre(1, 2, 2)) << "overlapping but told apart; far but not";
  EXPECT_EQ(rows[2].tie_test, TieTest::kPaired);
  const Json json = leaderboard_json(rows).at("rows");
  EXPECT_EQ(json.at(2).at("tie_by"), "paired test");
  EXPECT_EQ(json.at(0).at("tie_by"), nullptr);
}

TEST(TieGroups, SayWhereIntervalsAreOfOtherData) {
  const auto rows = leaderboard_rows({{report_of("a", 0.9), report_of("b", 0.85, "sha256:2")}, {}});
  EXPECT_EQ(rows[1].tie_test, TieTest::kOtherData);
  EXPECT_EQ(tie_test_name(rows[1].tie_test), "overlapping intervals, other data");
}

TEST(TieGroups, AreOfOneFamily) {
  Report facts = report_of("f", 0.9);
  facts.family = "facts";
  EXPECT_THAT(groups_of(leaderboard_rows({{facts, report_of("g", 0.9)}, {}})), ElementsAre(1, 1));
}

TEST(TieGroups, GoByASetThatRowsHave) {
  Report report = report_of("a", 0.9);
  report.splits[0].first = "train";
  const auto rows = leaderboard_rows({{report}, {}});
  EXPECT_EQ(grouping_split(rows, "grids"), "train");
  EXPECT_EQ(grouping_split(rows, "facts"), "");
  EXPECT_EQ(rows[0].tie_group, 1);
}

TEST(TieGroups, FollowTheRankOnSetsOfAnyName) {
  std::vector<Report> reports = {report_of("worst", 0.1), report_of("best", 0.9),
                                 report_of("middle", 0.5)};
  for (const char* name : {"foo", "test_hard", "test_3hop_ood"}) {
    for (Report& report : reports) report.splits[0].first = name;
    const auto rows = leaderboard_rows({reports, {}});
    EXPECT_THAT(names_of(rows), ElementsAre("best", "middle", "worst")) << name;
    EXPECT_THAT(groups_of(rows), ElementsAre(1, 2, 3)) << name;
  }
}

// The order of the arguments, which the rank changes, may not choose the set.
TEST(TieGroups, GoByOneSetWhateverTheOrder) {
  Report first = report_of("a", 0.1);
  Report second = report_of("b", 0.9);
  first.splits = {{"foo", first.splits[0].second}, {"bar", second.splits[0].second}};
  second.splits = {{"bar", report_of("", 0.2).splits[0].second}, {"foo", second.splits[0].second}};
  Report third = report_of("c", 0.5);
  third.splits[0].first = "foo";
  for (const auto& reports :
       {std::vector{first, second, third}, std::vector{third, second, first}}) {
    const auto rows = leaderboard_rows({reports, {}});
    EXPECT_EQ(grouping_split(rows, "grids"), "foo") << "all have it";
    EXPECT_THAT(names_of(rows), ElementsAre("b", "c", "a"));
    EXPECT_THAT(groups_of(rows), ElementsAre(1, 2, 3));
  }
  const auto two = leaderboard_rows({{first, second}, {}});
  EXPECT_EQ(grouping_split(two, "grids"), "bar") << "the first by name";
  EXPECT_THAT(names_of(two), ElementsAre("a", "b"));
}

}  // namespace
}  // namespace recombine
