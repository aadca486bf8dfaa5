#include "eval/scoring/evaluation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "eval/report/evaluate_all.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"

namespace recombine {
namespace {

using testing::HasSubstr;

class Evaluation : public testing::Test {
 protected:
  std::string failure_of(PredictionMeta meta, std::vector<Prediction> predictions) {
    try {
      evaluate(data_, PredictionSet("p.jsonl", std::move(meta), std::move(predictions))).scores;
    } catch (const DataError& error) {
      return error.what();
    }
    return "no failure";
  }

  TemporaryFolder folder_;
  EpisodeSet data_ =
      write_set(folder_ / "set", {handmade_episode("a", 4), handmade_episode("b", 2)});
};

TEST_F(Evaluation, CountsEveryPlannedQuery) {
  auto predictions = answer_all(data_, "022");
  predictions[0].output = handmade_grid("22");  // moved
  predictions[1].output = handmade_grid("011");
  predictions[2].output.reset();
  predictions[2].invalid = "truncated";
  predictions.erase(predictions.begin() + 3);
  const SplitScores scores =
      evaluate(data_, PredictionSet("p.jsonl", meta_for(data_), predictions)).scores;
  EXPECT_EQ(scores.planned, 6U);
  EXPECT_EQ(scores.answered, 4U);
  EXPECT_EQ(scores.invalid, 1U);
  EXPECT_EQ(scores.missing, 1U);
  EXPECT_DOUBLE_EQ(scores.all.figures.at("exact").value, 2.0 / 6);
  EXPECT_DOUBLE_EQ(scores.all.figures.at("color").value, 3.0 / 6);
  EXPECT_DOUBLE_EQ(scores.all.figures.at("shape").value, 4.0 / 6);
  EXPECT_DOUBLE_EQ(scores.exact_of_valid.value, 2.0 / 4);
  EXPECT_EQ(scores.episode_mean.at(0).first, "exact");
  EXPECT_DOUBLE_EQ(scores.episode_mean.at(0).second, (0.0 + 1.0) / 2);
  EXPECT_EQ(scores.invalid_reasons.at("truncated"), 1U);
}

TEST_F(Evaluation, GroupsByTripletAndSize) {
  const SplitScores scores =
      evaluate(data_, PredictionSet("p.jsonl", meta_for(data_), answer_all(data_, "022"))).scores;
  ASSERT_EQ(scores.by.at(0).first, "triplet");
  EXPECT_EQ(scores.by[0].second.at(0).first, "grow+set_color+translation");
  EXPECT_EQ(scores.by[0].second[0].second.planned, 6U);
  ASSERT_EQ(scores.by.at(1).first, "shape_size");
  EXPECT_EQ(scores.by[1].second.at(0).first, "2");
}

TEST_F(Evaluation, TakesThePlanAsDenominator) {
  PredictionMeta meta = meta_for(data_);
  meta.planned_items = {"b"};
  meta.queries_per_item = 1;
  meta.planned = 1;
  auto predictions = answer_all(data_, "022");
  predictions = {predictions[4]};
  EXPECT_EQ(evaluate(data_, PredictionSet("p.jsonl", meta, predictions)).scores.planned, 1U);
  meta.planned = 7;
  EXPECT_THAT(failure_of(meta, predictions),
              HasSubstr("plans 7 queries, but the planned items have 1"));
}

TEST_F(Evaluation, RefusesAnswersToOtherData) {
  PredictionMeta meta = meta_for(data_);
  meta.data_digest = "sha256:0";
  EXPECT_THAT(failure_of(meta, {}), HasSubstr("p.jsonl: answers another data set (sha256:0)"));
}

TEST_F(Evaluation, NamesTheLineOfAnAnswerThatCannotBe) {
  auto predictions = answer_all(data_, "022");
  predictions[2].item = "z";
  EXPECT_THAT(failure_of(meta_for(data_), predictions), HasSubstr("p.jsonl:3: item z is not in"));
  predictions[2] = predictions[0];
  EXPECT_THAT(failure_of(meta_for(data_), predictions),
              HasSubstr("p.jsonl:3: answers query 0 of item a"));
  predictions[2].query = 4;
  EXPECT_THAT(failure_of(meta_for(data_), predictions), HasSubstr("p.jsonl:3: query 4 of item a"));
}

TEST_F(Evaluation, PutsThePredictorsSplitsIntoOneReport) {
  const TemporaryFolder split;
  const EpisodeSet ood = write_set(split / "test_ood", {handmade_episode("a", 1)});
  const EpisodeSet id = write_set(split / "test_id", {handmade_episode("b", 2)});
  std::vector<PredictionSet> prediction_sets;
  prediction_sets.emplace_back("x.ood", meta_for(ood, "x"), answer_all(ood, "022"));
  prediction_sets.emplace_back("x.id", meta_for(id, "x"), answer_all(id, "022"));
  prediction_sets.emplace_back("y.id", meta_for(id, "y"), answer_all(id, "1"));
  const auto reports = evaluate_all(split.path(), prediction_sets).reports;
  ASSERT_EQ(reports.size(), 2U);
  ASSERT_EQ(reports[0].splits.size(), 2U);
  EXPECT_EQ(reports[0].splits[0].first, "test_ood");
  EXPECT_EQ(reports[0].splits[1].first, "test_id");
  EXPECT_EQ(reports[1].splits[0].second.all.figures.at("exact").value, 0);
  EXPECT_EQ(reports[1].data_digest(), id.manifest().digest);
  prediction_sets.emplace_back("x2.id", meta_for(id, "x"), answer_all(id, "1"));
  EXPECT_THROW(evaluate_all(split.path(), prediction_sets), DataError);
}

TEST_F(Evaluation, NamesASplitAfterItsFolder) {
  EXPECT_EQ(split_name(folder_.path(), "set"), "set");
  EXPECT_EQ(split_name(folder_ / "set", ""), "set");
  EXPECT_EQ(split_name(folder_ / "set/", ""), "set");
}

TEST_F(Evaluation, FindsOneWrongAnswerAnEpisode) {
  auto predictions = answer_all(data_, "022");
  predictions[1].output = handmade_grid("1");
  predictions[2].output = handmade_grid("1");
  const PredictionSet predicted("p.jsonl", meta_for(data_), predictions);
  const Outcomes outcomes = evaluate(data_, predicted).outcomes;
  ASSERT_EQ(outcomes.size(), data_.size());
  EXPECT_EQ(std::vector<bool>(outcomes[0].begin(), outcomes[0].begin() + 3),
            (std::vector<bool>{true, false, false}));
  for (const auto& wrong : {wrong_answers(outcomes, 10), wrong_answers(data_, predicted, 10)}) {
    ASSERT_EQ(wrong.size(), 1U);
    EXPECT_EQ(wrong[0].item, 0U);
    EXPECT_EQ(wrong[0].query, 1);
  }
  EXPECT_TRUE(wrong_answers(outcomes, 0).empty());
}

}  // namespace
}  // namespace recombine
