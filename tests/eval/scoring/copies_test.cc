// The copy task, whole episodes, and how reports show them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "eval/report/report.h"
#include "eval/scoring/evaluation.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"

namespace recombine {
namespace {

using testing::HasSubstr;

class Copies : public testing::Test {
 protected:
  Copies() {
    meta_.copies = true;
    predictions_ = answer_all(data_, "022");
    for (const Episode& episode : data_) {
      for (std::size_t place = 0; place < episode.study.size(); ++place)
        copy(episode.id, static_cast<int>(episode.queries.size() + place),
             episode.study[place].output);
    }
  }

  void copy(const std::string& item, int query, const Grid& output) {
    Prediction prediction;
    prediction.item = item;
    prediction.query = query;
    prediction.output = output;
    predictions_.push_back(prediction);
  }

  SplitScores scored(bool published = false) const {
    EvaluateConfig config;
    config.published = published;
    return evaluate(data_, PredictionSet("p.jsonl", meta_, predictions_), config).scores;
  }

  TemporaryFolder folder_;
  EpisodeSet data_ =
      write_set(folder_ / "set", {handmade_episode("a", 4), handmade_episode("b", 2)});
  PredictionMeta meta_ = meta_for(data_);
  std::vector<Prediction> predictions_;  ///< 4 and 2 queries, then 2 and 2 study pairs
};

TEST_F(Copies, AreCountedBesideTheQueries) {
  predictions_[0].output = handmade_grid("1");
  predictions_.back().output = handmade_grid("1");
  const SplitScores scores = scored();
  EXPECT_EQ(scores.planned, 6U);
  EXPECT_DOUBLE_EQ(scores.all.figures.at("exact").value, 5.0 / 6);
  ASSERT_TRUE(scores.copies.has_value());
  EXPECT_EQ(scores.copies->copies.planned, 4U);
  EXPECT_EQ(scores.copies->answered, 4U);
  EXPECT_DOUBLE_EQ(scores.copies->copies.figures.at("exact").value, 3.0 / 4);
  EXPECT_EQ(scores.copies->full_episode.planned, 10U);
  EXPECT_DOUBLE_EQ(scores.copies->full_episode.figures.at("exact").value, 8.0 / 10);
}

TEST_F(Copies, WeighEpisodesAlikeInPublishedFigures) {
  predictions_[0].output = handmade_grid("1");  // of 4 queries
  predictions_.back().output = handmade_grid("1");
  const SplitScores scores = scored(true);
  const auto exact = [](const std::optional<PublishedScores>& figures) {
    return figures.value().figures.at(0).second;
  };
  EXPECT_DOUBLE_EQ(exact(scores.published), (3.0 / 4 + 1) / 2);
  EXPECT_DOUBLE_EQ(exact(scores.copies->published_copies), (1 + 1.0 / 2) / 2);
  EXPECT_DOUBLE_EQ(exact(scores.copies->published_full_episode), (5.0 / 6 + 3.0 / 4) / 2);
}

TEST_F(Copies, ThatAreMissingOrInvalidAreWrong) {
  predictions_.pop_back();
  predictions_[6].output.reset();
  predictions_[6].invalid = "no patch";
  const SplitScores scores = scored();
  EXPECT_EQ(scores.copies->missing, 1U);
  EXPECT_EQ(scores.copies->invalid, 1U);
  EXPECT_DOUBLE_EQ(scores.copies->copies.figures.at("exact").value, 2.0 / 4);
  EXPECT_EQ(scores.missing + scores.invalid, 0U);
}

TEST_F(Copies, AreRefusedWhereTheFileSaysThatThereAreNone) {
  meta_.copies = false;
  EXPECT_THROW(scored(), DataError);
  predictions_.resize(6);
  EXPECT_FALSE(scored().copies.has_value());
}

TEST_F(Copies, EndWithTheStudyPairs) {
  copy("b", 4, handmade_grid("1"));
  try {
    scored();
    FAIL();
  } catch (const DataError& error) {
    EXPECT_THAT(error.what(), HasSubstr("p.jsonl:11: query 4 of item b was not planned"));
  }
}

TEST_F(Copies, OfItemsThatWereNotPlannedDoNotCount) {
  meta_.planned_items = {"b"};
  std::erase_if(predictions_, [](const Prediction& row) { return row.item == "a"; });
  EXPECT_EQ(scored().copies->copies.planned, 2U);
}

TEST_F(Copies, AreReadBackFromAReport) {
  predictions_[1].output = handmade_grid("1");
  for (const bool published : {false, true}) {
    const Report report{{"model", "m"}, "grids", {{"set", scored(published)}}};
    const Json json = to_json(report);
    EXPECT_EQ(json.at("splits").at("set").at("copy").at("exact").at("value"), 1.0);
    write_file(folder_ / "r.json", json.dump());
    EXPECT_EQ(read_reports(folder_ / "r.json").reports.at(0).splits, report.splits);
  }
}

TEST_F(Copies, StandInTheText) {
  const std::string text = to_text(Report{{"model", "m"}, "grids", {{"set", scored(true)}}});
  EXPECT_THAT(text, HasSubstr("set, 4 study pairs asked again (copy task): exact 100.0 ["));
  EXPECT_THAT(text, HasSubstr("set, full episode (queries and study pairs): exact 100.0 ["));
  EXPECT_THAT(text, HasSubstr("as published: exact 100.0 %"));
}

TEST_F(Copies, KeepTheirMark) {
  PredictionWriter writer(folder_ / "p.jsonl", meta_);
  for (const Prediction& prediction : predictions_) writer.write(prediction);
  writer.finish();
  EXPECT_TRUE(read_prediction_meta(folder_ / "p.jsonl").copies);
  EXPECT_EQ(evaluate(data_, PredictionSet(folder_ / "p.jsonl")).scores.copies, scored().copies);
}

TEST_F(Copies, LeaveWholeEpisodesToTheQueries) {
  EXPECT_DOUBLE_EQ(scored().whole_items.value().value, 1);
  predictions_.back().output = handmade_grid("1");
  EXPECT_DOUBLE_EQ(scored().whole_items.value().value, 1) << "a study pair asked again";
  predictions_[5].output = handmade_grid("1");
  EXPECT_DOUBLE_EQ(scored().whole_items.value().value, 1.0 / 2);
  predictions_[0].output.reset();
  predictions_[0].invalid = "no patch";
  EXPECT_DOUBLE_EQ(scored().whole_items.value().value, 0);
}

}  // namespace
}  // namespace recombine
