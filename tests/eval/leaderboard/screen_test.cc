#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "eval/leaderboard/columns.h"

namespace recombine {
namespace {

using testing::HasSubstr;
using testing::Not;

Report trained_report(const std::string& family, const std::string& name, double seconds) {
  Report report;
  report.family = family;
  report.predictor = {"model", name, 541912, {{"train_seconds", seconds}, {"run", "runs/" + name}}};
  SplitScores scores;
  scores.planned = 100;
  scores.all.figures.add("exact", {0.987, 0.982, 0.991, 0.95, "m"});
  report.splits = {{"test_id", scores}, {"test_ood", scores}};
  return report;
}

TEST(LeaderboardScreen, HasATableASubject) {
  Report oracle = trained_report("grids", "oracle", 0);
  oracle.predictor = {"baseline", "oracle", 0, Json::object()};
  oracle.splits.erase(oracle.splits.begin());
  const std::vector<Report> reports = {trained_report("facts", "gpt", 4000),
                                       trained_report("grids", "executor", 585), oracle};
  EXPECT_THAT(
      leaderboard_screen(leaderboard_rows({reports, {}})),
      testing::StartsWith("Grids\n"
                          "model              ID exact          OOD exact  parameters        time\n"
                          "executor  98.7 [98.2, 99.1]  98.7 [98.2, 99.1]     541,912  9 min 45 s\n"
                          "oracle                    -  98.7 [98.2, 99.1]           -           -\n"
                          "\n"
                          "Facts\n"
                          "model           ID exact          OOD exact  parameters        time\n"
                          "gpt    98.7 [98.2, 99.1]  98.7 [98.2, 99.1]     541,912  1 h 06 min\n"
                          "\n"));
}

TEST(LeaderboardScreen, FitsAHundredColumns) {
  const std::string name(90, 'a');
  auto rows = leaderboard_rows(
      {{trained_report("grids", name + "1", 1e6), trained_report("grids", name + "2", 1)}, {}});
  for (const LeaderboardRow& row : published_rows()) rows.push_back(row);
  const std::string text = leaderboard_screen(rows);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100U) << line;
  EXPECT_THAT(text, HasSubstr("a1  98.7")) << "names that are shortened keep their ends";
  EXPECT_THAT(text, HasSubstr("a2  98.7"));
  EXPECT_THAT(text, HasSubstr("MLC (published)"));
  EXPECT_THAT(text, Not(HasSubstr("four splits"))) << "neither ID nor OOD";
}

TEST(LeaderboardColumns, AreWhatEveryFormHas) {
  const auto rows = leaderboard_rows({{trained_report("grids", "executor", 585.5)}, {}});
  EXPECT_EQ(leaderboard_json(rows).at("rows")[0].at("train_seconds"), 585.5);
  EXPECT_THAT(leaderboard_csv(rows), HasSubstr(",step,train_seconds\r\n"));
  EXPECT_THAT(leaderboard_csv(rows), HasSubstr(",585.5\r\n"));
  EXPECT_THAT(leaderboard_markdown(rows), HasSubstr("| chosen by | time |"));
  EXPECT_THAT(leaderboard_html(rows), HasSubstr("<td>9 min 46 s</td>"));
}

TEST(Table, WritesTimesForPeople) {
  EXPECT_EQ(duration(0), "0 s");
  EXPECT_EQ(duration(59.6), "1 min 00 s");
  EXPECT_EQ(duration(3600), "1 h 00 min");
  EXPECT_EQ(duration(37 * 3600 + 59), "37 h 00 min");
}

}  // namespace
}  // namespace recombine
