#include "eval/report/paired_answers.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/progress.h"
#include "data/storage/file.h"
#include "eval/report/evaluate_all.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"

namespace recombine {
namespace {

using testing::HasSubstr;

class PairedAnswers : public testing::Test {
 protected:
  ReportSet evaluated() {
    const AllEvaluations all = evaluate_all(folder_.path(), prediction_sets_);
    return {all.reports, compare_all(prediction_sets_, all, {})};
  }

  void add(const EpisodeSet& data, const std::string& name, std::vector<Prediction> predictions) {
    prediction_sets_.emplace_back(name + ".jsonl", meta_for(data, name), std::move(predictions));
  }

  TemporaryFolder folder_;
  EpisodeSet ood_ =
      write_set(folder_ / "test_ood", {handmade_episode("a", 4), handmade_episode("b", 2)});
  EpisodeSet id_ = write_set(folder_ / "test_id", {handmade_episode("c", 1)});
  std::vector<PredictionSet> prediction_sets_;
};

TEST_F(PairedAnswers, CompareEachTwoOfTheSameSet) {
  auto half = answer_all(ood_, "022");
  half[0].output = handmade_grid("1");
  half.pop_back();  // missing is wrong
  add(ood_, "right", answer_all(ood_, "022"));
  add(id_, "right", answer_all(id_, "022"));
  add(ood_, "half", half);
  add(ood_, "wrong", answer_all(ood_, "1"));
  const ReportSet set = evaluated();
  ASSERT_EQ(set.reports.size(), 3U);
  ASSERT_EQ(set.comparisons.size(), 3U) << "test_id has one predictor";
  const Comparison& first = set.comparisons[0];
  EXPECT_EQ(first.split, "test_ood");
  EXPECT_THAT(first.names, testing::ElementsAre("right", "half"));
  EXPECT_THAT(first.reports, testing::ElementsAre(0, 1));
  EXPECT_EQ(first.queries, 6U);
  EXPECT_EQ(first.items, 2U);
  EXPECT_EQ(first.answers.first, 2U);
  EXPECT_EQ(first.by_item.first, 2U);
  EXPECT_EQ(first.both_right, 4U);
  EXPECT_THAT(set.comparisons[2].names, testing::ElementsAre("half", "wrong"));
  EXPECT_THAT(to_text(set), HasSubstr("p (McNemar)"));
}

using PairedAnswersDeathTest = PairedAnswers;

TEST_F(PairedAnswersDeathTest, StopWhereTheyAreInterrupted) {
  add(ood_, "x", answer_all(ood_, "022"));
  add(ood_, "y", answer_all(ood_, "1"));
  const AllEvaluations all = evaluate_all(folder_.path(), prediction_sets_);
  const auto work = [&] {
    catch_interrupts();
    std::raise(SIGINT);
    try {
      compare_all(prediction_sets_, all, {});
    } catch (const Interrupted& error) {
      std::fputs(error.what(), stderr);
      std::_Exit(7);
    }
    std::_Exit(0);
  };
  EXPECT_EXIT(work(), testing::ExitedWithCode(7), "nothing was written; run it again");
}

TEST_F(PairedAnswers, CountWhatWasPlannedForBoth) {
  PredictionMeta meta = meta_for(ood_, "first queries");
  meta.queries_per_item = 1;
  auto predictions = answer_all(ood_, "022");
  prediction_sets_.emplace_back("f.jsonl", meta, std::vector{predictions[0], predictions[4]});
  add(ood_, "all", answer_all(ood_, "1"));
  const ReportSet set = evaluated();
  ASSERT_EQ(set.comparisons.size(), 1U);
  EXPECT_EQ(set.comparisons[0].queries, 2U);
  EXPECT_EQ(set.comparisons[0].answers.first, 2U);
}

TEST_F(PairedAnswers, NameTheFileOfPredictorsOfOneName) {
  add(ood_, "x", answer_all(ood_, "022"));
  PredictionMeta meta = meta_for(ood_, "x");
  meta.predictor.parameters = 5;
  prediction_sets_.emplace_back("folder/other.jsonl", meta, answer_all(ood_, "1"));
  EXPECT_THAT(evaluated().comparisons.at(0).names,
              testing::ElementsAre("x (x.jsonl)", "x (other.jsonl)"));
}

TEST_F(PairedAnswers, StandBesideTheReportsInTheirFile) {
  add(ood_, "x", answer_all(ood_, "022"));
  add(ood_, "y", answer_all(ood_, "1"));
  const ReportSet set = evaluated();
  write_file(folder_ / "r.json", to_json(set).dump());
  ReportSet read = read_reports(folder_ / "r.json");
  EXPECT_EQ(read.comparisons, set.comparisons);
  read.append(set);
  ASSERT_EQ(read.comparisons.size(), 2U);
  EXPECT_THAT(read.comparisons[1].reports, testing::ElementsAre(2, 3));
}

}  // namespace
}  // namespace recombine
