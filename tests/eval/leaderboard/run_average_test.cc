#include "eval/leaderboard/run_average.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace recombine {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

SplitScores scores_with(double exact) {
  SplitScores scores;
  scores.data_digest = "sha256:abcdef";
  scores.planned = scores.all.planned = 100;
  scores.all.figures.add("exact", {exact, exact - 0.01, exact + 0.01, 0.95, "m"});
  return scores;
}

Report report_of(const std::string& name, const std::string& run, double exact) {
  Report report;
  report.predictor.kind = "model";
  report.predictor.name = name;
  report.predictor.details = {{"run", run}, {"step", 100}};
  report.splits = {{"test_ood", scores_with(exact)}};
  return report;
}

std::vector<LeaderboardRow> averaged(const std::vector<Report>& reports) {
  return leaderboard_rows({reports, {}}, true);
}

TEST(MeanOverRuns, HasTheIntervalOfStudent) {
  // t of 2 degrees of freedom at .975: 4.302653.
  const Interval mean = mean_over_runs(std::vector{0.5, 0.6, 0.7});
  EXPECT_NEAR(mean.value, 0.6, 1e-12);
  EXPECT_NEAR(mean.low, 0.6 - 0.248414, 1e-6);
  EXPECT_NEAR(mean.high, 0.6 + 0.248414, 1e-6);
}

TEST(MeanOverRuns, StaysAShare) {
  const Interval mean = mean_over_runs(std::vector{0.01, 0.99});
  EXPECT_EQ(mean.low, 0);
  EXPECT_EQ(mean.high, 1);
}

TEST(AverageRuns, MakesOneRowOfSeeds) {
  const auto rows = averaged({report_of("gpt", "a", 0.5), report_of("fast", "f", 0.55),
                              report_of("gpt", "b", 0.6), report_of("gpt", "c", 0.7)});
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].name, "gpt");
  EXPECT_NEAR(rows[0].find("test_ood")->figures.at("exact").value, 0.6, 1e-12);
  EXPECT_EQ(rows[0].note, "3 runs; test_ood exact s.d. 10.0, from 50.0 to 70.0");
  EXPECT_EQ(rows[0].run, "a, b, c");
  EXPECT_FALSE(rows[0].step.has_value());
  EXPECT_EQ(rows[1].name, "fast");
  EXPECT_EQ(rows[1].step, 100U);
  EXPECT_THAT(leaderboard_markdown(rows), HasSubstr("| gpt | model |"));
}

TEST(AverageRuns, SaysWhichRunANoteIsAbout) {
  Report noted = report_of("gpt", "b", 0.6);
  noted.splits[0].second.note = "of another world";
  const Report plain = report_of("gpt", "a", 0.5);
  EXPECT_THAT(averaged({plain, noted})[0].note, EndsWith("; b: test_ood: of another world"));
  EXPECT_THAT(averaged({noted, noted})[0].note, EndsWith("60.0; test_ood: of another world"));
}

TEST(AverageRuns, KeepsApartWhatDiffersInMoreThanTheRun) {
  Report other = report_of("gpt", "b", 0.6);
  other.splits[0].second.data_digest = "sha256:other";
  Report larger = report_of("gpt", "c", 0.6);
  larger.predictor.parameters = 7;
  Report unknown = report_of("gpt", "d", 0.6);
  unknown.predictor.details = Json::object();
  EXPECT_EQ(averaged({report_of("gpt", "a", 0.5), other, larger, unknown}).size(), 4U);
}

}  // namespace
}  // namespace recombine
