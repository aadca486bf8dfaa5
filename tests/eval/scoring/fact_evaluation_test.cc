// The way of facts from answers to reports.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "eval/report/evaluate_all.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"
#include "tests/eval/handmade_facts.h"

namespace recombine {
namespace {

using testing::HasSubstr;
using testing::Not;

class FactEvaluation : public testing::Test {
 protected:
  PredictionSet predicted(std::vector<Prediction> predictions) const {
    return {"p.jsonl", facts_meta(data_), std::move(predictions)};
  }

  TemporaryFolder folder_;
  FactSet data_ = write_composed_facts(folder_ / "test_ood", FactType::kTestOod, {2, 3}, 10);
};

TEST_F(FactEvaluation, CountsEveryPlannedQuestion) {
  auto predictions = answer_truly(data_);
  predictions[0].text = "<e_1>" + predictions[0].text.substr(predictions[0].text.find('>') + 1);
  predictions[1].text = "nonsense";
  predictions[2].text.clear();
  predictions[2].invalid = "truncated";
  predictions[3].forced = "<e_1><e_1></a>";
  predictions.pop_back();
  const SplitScores scores = evaluate(data_, predicted(predictions)).scores;
  EXPECT_EQ(scores.planned, 10U);
  EXPECT_EQ(scores.answered, 7U);
  EXPECT_EQ(scores.invalid, 2U);
  EXPECT_EQ(scores.missing, 1U);
  const Figures& figures = scores.all.figures;
  EXPECT_DOUBLE_EQ(figures.at("exact").value, 0.6);
  EXPECT_DOUBLE_EQ(figures.at("bridge").value, 0.6);
  EXPECT_DOUBLE_EQ(figures.at("answer").value, 0.7);
  EXPECT_DOUBLE_EQ(figures.at("answer_given_bridge").value, 0.8);
  EXPECT_DOUBLE_EQ(scores.exact_of_valid.value, 6.0 / 7);
  EXPECT_EQ(scores.invalid_reasons.at("not tokens of the vocabulary"), 1U);
  EXPECT_EQ(scores.invalid_reasons.at("truncated"), 1U);
}

TEST_F(FactEvaluation, HasWilsonIntervals) {
  const Figures figures = evaluate(data_, predicted(answer_truly(data_))).scores.all.figures;
  EXPECT_EQ(figures.at("exact").method, "wilson");
  EXPECT_EQ(figures.at("exact"), wilson_interval({10, 10}));
  EXPECT_TRUE(evaluate(data_, predicted(answer_truly(data_))).scores.episode_mean.empty());
}

TEST_F(FactEvaluation, LeavesOutWhatNoQuestionHas) {
  auto predictions = answer_truly(data_);
  for (Prediction& prediction : predictions) prediction.forced.clear();
  EXPECT_EQ(evaluate(data_, predicted(predictions)).scores.all.figures.find("answer_given_bridge"),
            nullptr);
  const FactSet plain =
      write_composed_facts(folder_ / "plain", FactType::kTestOod, {2, 3}, 5, false);
  const SplitScores scores =
      evaluate(plain, PredictionSet("p", facts_meta(plain), answer_truly(plain))).scores;
  EXPECT_EQ(scores.all.figures.find("bridge"), nullptr);
  EXPECT_EQ(scores.all.figures.at("answer").value, 1);
}

TEST_F(FactEvaluation, GroupsByTypeAndByNoiseWhereASetHasBoth) {
  std::vector<FactItem> items = {handmade_fact(FactType::kIdAtomic, 1, {2}),
                                 handmade_fact(FactType::kTrainInferred, 1, {2, 3}),
                                 handmade_fact(FactType::kTrainInferred, 2, {2, 3})};
  items[2].noisy = true;
  const FactSet mixed = write_facts(folder_ / "mixed", items);
  auto predictions = answer_truly(mixed);
  predictions[2].text = "<e_0></a>";
  const auto by = evaluate(mixed, PredictionSet("p", facts_meta(mixed), predictions)).scores.by;
  ASSERT_EQ(by.size(), 2U);
  EXPECT_EQ(by[0].first, "type");
  EXPECT_EQ(by[0].second.at(0).first, "id_atomic");
  EXPECT_EQ(by[0].second.at(0).second.figures.find("bridge"), nullptr);
  EXPECT_EQ(by[0].second.at(1).first, "train_inferred");
  EXPECT_EQ(by[0].second.at(1).second.figures.at("exact").value, 0.5);
  std::vector<PredictionSet> prediction_sets;
  prediction_sets.emplace_back("p", facts_meta(mixed), predictions);
  EXPECT_THAT(to_text(evaluate_all(folder_ / "mixed", prediction_sets).reports.front()),
              testing::ContainsRegex("mixed by type +queries +exact % +bridge % +answer %"))
      << "in the order of the family, although id_atomic has no bridge";
  EXPECT_EQ(by[1].first, "noise");
  EXPECT_EQ(by[1].second.at(1).first, "noisy");
  EXPECT_EQ(by[1].second.at(1).second.figures.at("exact").value, 0);
  EXPECT_EQ(evaluate(data_, predicted(answer_truly(data_))).scores.by.size(), 1U);
}

TEST_F(FactEvaluation, GroupsComparisonsByTheirOrder) {
  std::vector<FactItem> items;
  for (Token second = 2; second < 12; ++second) items.push_back(handmade_comparison(0, 1, second));
  const FactSet data = write_facts(folder_ / "comparison", items, kHandmadeComparison);
  const auto by =
      evaluate(data, PredictionSet("p", facts_meta(data), answer_truly(data))).scores.by;
  ASSERT_EQ(by.size(), 2U);
  EXPECT_EQ(by[1].first, "order");
  ASSERT_EQ(by[1].second.size(), 3U);
  EXPECT_EQ(by[1].second[0].first, "equal");
  EXPECT_EQ(by[1].second[1].first, "larger");
  EXPECT_EQ(by[1].second[2].first, "smaller");
}

TEST_F(FactEvaluation, RefusesAnswersThatWereNotPlanned) {
  auto predictions = answer_truly(data_);
  predictions[2].item = "e59.r2.r3";
  EXPECT_THROW(evaluate(data_, predicted(predictions)), DataError);
  predictions = answer_truly(data_);
  predictions[2].query = 1;
  EXPECT_THROW(evaluate(data_, predicted(predictions)), DataError);
}

TEST_F(FactEvaluation, WritesAReportThatIsReadBack) {
  std::vector<PredictionSet> prediction_sets;
  prediction_sets.push_back(predicted(answer_truly(data_)));
  const auto reports = evaluate_all(folder_.path(), prediction_sets).reports;
  const Json json = to_json(reports.front());
  EXPECT_EQ(json.at("family"), "facts");
  const Json& split = json.at("splits").at("test_ood");
  EXPECT_EQ(split.at("planned"), 10);
  for (const char* figure : {"exact", "bridge", "answer", "answer_given_bridge"})
    EXPECT_EQ(split.at(figure).at("method"), "wilson") << figure;
  EXPECT_EQ(split.at("by").at("type").at("test_inferred_ood").at("bridge").at("value"), 1.0);
  EXPECT_FALSE(split.contains("color"));
  EXPECT_FALSE(split.contains("episode_mean"));
  write_file(folder_ / "r.json", json.dump());
  const auto read = read_reports(folder_ / "r.json").reports;
  EXPECT_EQ(read.front().splits, reports.front().splits);
  EXPECT_EQ(read.front().family, "facts");
}

TEST_F(FactEvaluation, ReadsAsATable) {
  std::vector<PredictionSet> prediction_sets;
  prediction_sets.push_back(predicted(answer_truly(data_)));
  const std::string text = to_text(evaluate_all(folder_.path(), prediction_sets).reports.front());
  EXPECT_THAT(text, HasSubstr("answer given bridge %"));
  EXPECT_THAT(text, HasSubstr("test_ood by type"));
  EXPECT_THAT(text, Not(HasSubstr("colour")));
}

TEST_F(FactEvaluation, TellsSetsThatAreAlikeApartByTheirName) {
  write_composed_facts(folder_ / "val_ood", FactType::kTestOod, {2, 3}, 10);
  std::vector<PredictionSet> prediction_sets;
  for (const char* split : {"test_ood", "val_ood"}) {
    PredictionMeta meta = facts_meta(data_);
    meta.split = split;
    prediction_sets.emplace_back(split, meta, answer_truly(data_));
  }
  const auto reports = evaluate_all(folder_.path(), prediction_sets).reports;
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].splits.at(0).first, "test_ood");
  EXPECT_EQ(reports[0].splits.at(1).first, "val_ood");
}

TEST_F(FactEvaluation, KeepsFamiliesInReportsOfTheirOwn) {
  const EpisodeSet grids = write_set(folder_ / "val_id", {handmade_episode("a", 2)});
  std::vector<PredictionSet> prediction_sets;
  prediction_sets.emplace_back("g", meta_for(grids, "x"), answer_all(grids, "022"));
  PredictionMeta meta = facts_meta(data_, "x");
  meta.predictor.parameters = 1234567;
  prediction_sets.emplace_back("f", meta, answer_truly(data_));
  const auto reports = evaluate_all(folder_.path(), prediction_sets).reports;
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_EQ(reports[0].family, "grids");
  EXPECT_EQ(reports[1].family, "facts");
}

}  // namespace
}  // namespace recombine
