#include "eval/suite/matrix.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "eval/suite/result.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

using testing::HasSubstr;
using testing::Not;

SplitScores scores_of(double value, const std::string& digest) {
  SplitScores scores;
  scores.data_digest = digest;
  scores.planned = scores.answered = 1000;
  scores.all.planned = 1000;
  scores.all.figures.add("exact", {value, value - 0.02, value + 0.01, 0.95, "bootstrap"});
  return scores;
}

SuiteResult result_of(const std::string& model, const std::string& task, double id, double ood) {
  SuiteResult result;
  result.suite = "v1";
  result.task = task;
  result.axis = task.substr(0, task.find('-'));
  result.certified = true;
  result.model = model;
  result.report.predictor.kind = "model";
  result.report.predictor.name = model;
  result.report.predictor.parameters = 42;
  result.report.splits = {{"test_id", scores_of(id, "sha256:i" + task)},
                          {"test_ood", scores_of(ood, "sha256:o" + task)}};
  return result;
}

std::vector<SuiteResult> two_models() {
  return {result_of("weak", "depth-10", 0.5, 0.1), result_of("weak", "depth-6", 0.6, 0.2),
          result_of("strong", "depth-6", 0.9, 0.8), result_of("strong", "depth-10", 0.9, 0.7)};
}

TEST(SuiteMatrix, DropIsNewcombesIntervalOfTwoShares) {
  const Interval drop = drop_between({0.9, 0.87, 0.92, 0.95, ""}, {0.6, 0.56, 0.64, 0.95, ""});
  EXPECT_DOUBLE_EQ(drop.value, 0.9 - 0.6);
  EXPECT_NEAR(drop.low, 0.3 - 0.05, 1e-12);  // hypot(0.03, 0.04)
  EXPECT_NEAR(drop.high, 0.3 + std::sqrt(0.02 * 0.02 + 0.0016), 1e-12);
}

TEST(SuiteMatrix, PutsTasksInTheirOrderAndTheBestModelFirst) {
  const SuiteMatrix matrix = suite_matrix(two_models());
  ASSERT_EQ(matrix.rows.size(), 2U);
  EXPECT_EQ(matrix.rows[0].task, "depth-6");
  EXPECT_EQ(matrix.rows[1].task, "depth-10");
  ASSERT_EQ(matrix.models.size(), 2U);
  EXPECT_EQ(matrix.models[0].name, "strong");
  EXPECT_DOUBLE_EQ(matrix.models[0].mean.ood->value, 0.75);
  EXPECT_DOUBLE_EQ(matrix.rows[0].cells[0].ood->value, 0.8);
  EXPECT_DOUBLE_EQ(matrix.rows[0].cells[1].ood->value, 0.2);
  EXPECT_EQ(matrix.rows[0].ceiling, 1.0);
}

TEST(SuiteMatrix, AModelWithoutATaskHasNoMeanAndStandsBehindThoseThatHaveAll) {
  auto results = two_models();
  results.push_back(result_of("half", "depth-6", 1, 0.99));
  const SuiteMatrix matrix = suite_matrix(results);
  EXPECT_EQ(matrix.models.back().name, "half");
  EXPECT_FALSE(matrix.models.back().mean.ood.has_value());
  EXPECT_EQ(matrix.models.back().tasks, 1U);
  EXPECT_FALSE(matrix.rows[1].cells[2].ood.has_value());
}

TEST(SuiteMatrix, RefusesOtherDataOtherSuitesAndTheSameTwice) {
  auto other_data = two_models();
  other_data[0].report.splits[0].second.data_digest = "sha256:other";
  EXPECT_THROW(suite_matrix(other_data), DataError);
  auto other_suite = two_models();
  other_suite[1].suite = "v2";
  EXPECT_THROW(suite_matrix(other_suite), DataError);
  auto twice = two_models();
  twice.push_back(twice.front());
  EXPECT_THROW(suite_matrix(twice), DataError);
}

TEST(SuiteMatrix, AValidationSetDoesNotStandForItsTestSet) {
  auto results = two_models();
  results[2].report.splits = {{"val_id", scores_of(1, "sha256:vi")},
                              {"val_ood", scores_of(1, "sha256:vo")}};
  const SuiteMatrix matrix = suite_matrix(results);
  EXPECT_EQ(matrix.models[0].name, "weak");
  EXPECT_EQ(matrix.models[1].tasks, 1U);
  EXPECT_FALSE(matrix.rows[0].cells[1].ood.has_value());
  EXPECT_FALSE(matrix.rows[0].cells[1].id.has_value());
  EXPECT_FALSE(matrix.rows[0].cells[1].drop.has_value());
}

TEST(SuiteMatrix, RefusesOneNameOfTwoPredictors) {
  auto results = two_models();
  results[1].report.predictor.name = "somebody else's";
  EXPECT_THAT(message_of<DataError>([&] { suite_matrix(results); }),
              HasSubstr("two predictors have this name, weak on task depth-10 and somebody"));
}

TEST(SuiteMatrix, AllFormsSayTheSame) {
  const SuiteMatrix matrix = suite_matrix(two_models());
  const std::string markdown = matrix_markdown(matrix);
  EXPECT_THAT(markdown, HasSubstr("| task | held out | ceiling | strong | weak |"));
  EXPECT_THAT(markdown, HasSubstr("| depth-6 | depth | 100.0 | 80.0 [78.0, 81.0] | 20.0"));
  EXPECT_THAT(markdown, HasSubstr("| mean of 2 tasks |  |  | 75.0 | 15.0 |"));
  EXPECT_THAT(matrix_csv(matrix), HasSubstr("v1,depth-6,depth,yes,1.0,strong,model,42,0.9,"));
  const Json json = matrix_json(matrix);
  EXPECT_EQ(json["schema"], "recombine.suite-matrix/1");
  EXPECT_EQ(json["tasks"][0]["models"]["weak"]["ood"]["value"], 0.2);
  EXPECT_EQ(json["models"][0]["mean"]["ood"], 0.75);
  const std::string html = matrix_text(matrix, "board.html");
  EXPECT_THAT(html, HasSubstr("80.0 [78.0, 81.0]"));
  EXPECT_THAT(html, Not(HasSubstr("http://")));
  EXPECT_THROW(matrix_text(matrix, "board.txt"), InputError);
}

TEST(SuiteResults, AreReadAsTheyWereWritten) {
  const TemporaryFolder folder;
  write_file(folder / "weak.json", suite_results_json(two_models()).dump(2));
  const auto read = read_suite_results(folder / "weak.json");
  ASSERT_EQ(read.size(), 4U);
  EXPECT_EQ(read[1].task, "depth-6");
  EXPECT_EQ(read[1].axis, "depth");
  EXPECT_TRUE(read[1].certified);
  EXPECT_EQ(read[1].report.splits, two_models()[1].report.splits);
}

TEST(SuiteResults, ReportsOfNoSuiteAreRefused) {
  const TemporaryFolder folder;
  write_file(folder / "none.json", suite_results_json({}).dump(2));
  EXPECT_THAT(message_of<DataError>([&] { read_suite_results(folder / "none.json"); }),
              HasSubstr("none.json: holds no report"));
  write_file(folder / "report.json", to_json(two_models().front().report).dump(2));
  EXPECT_THROW(read_suite_results(folder / "report.json"), DataError);
  Json damaged = suite_results_json(two_models());
  damaged["reports"][1]["suite"].erase("task");
  write_file(folder / "damaged.json", damaged.dump(2));
  EXPECT_THROW(read_suite_results(folder / "damaged.json"), DataError);
}

}  // namespace
}  // namespace recombine
