// Whether who is right on an episode is right on its twin.

#include "eval/scoring/twins.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "eval/baselines/baseline.h"
#include "eval/report/report.h"
#include "eval/report/twins.h"
#include "eval/scoring/evaluation.h"
#include "generator/grids/search/episode.h"
#include "generator/grids/split/split.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"

namespace recombine {
namespace {

/// Thirty pairs of ten queries.
class EvaluatedTwins : public testing::Test {
 protected:
  static EpisodeSet made(const std::filesystem::path& folder) {
    GridConfig config;
    config.twins = true;
    const EpisodeMaker maker(config, 31);
    std::vector<Episode> episodes;
    for (std::uint64_t index = 0; index < 60; ++index)
      episodes.push_back(reduce(maker.make(index), SplitConfig{}));
    return write_set(folder, episodes);
  }

  /// Every query answered by output_of(episode, twin, query).
  template <class OutputOf>
  SplitScores answered(const OutputOf& output_of) {
    std::vector<Prediction> predictions;
    for (std::size_t index = 0; index < data_.size(); ++index) {
      const Episode episode = data_[index];
      const Episode twin = data_[index ^ 1U];
      for (std::size_t query = 0; query < episode.queries.size(); ++query) {
        Prediction prediction;
        prediction.item = episode.id;
        prediction.query = static_cast<int>(query);
        prediction.output = output_of(episode, twin, query);
        predictions.push_back(prediction);
      }
    }
    return evaluate(data_, PredictionSet("p.jsonl", meta_for(data_), predictions)).scores;
  }

  TemporaryFolder folder_;
  EpisodeSet data_ = made(folder_ / "set");
};

TEST_F(EvaluatedTwins, AreAllRightWhereAllIsRight) {
  const auto scores = answered([](const Episode& episode, const Episode&, std::size_t query) {
    return episode.queries[query].output;
  });
  ASSERT_TRUE(scores.twins);
  EXPECT_EQ(scores.twins->all.pairs, 30U);
  EXPECT_EQ(scores.twins->all.queries, 600U);
  EXPECT_EQ(scores.twins->all.right, 600U);
  EXPECT_EQ(scores.twins->all.both_right, 600U);
  EXPECT_EQ(scores.twins->all.consistent.value, 1);
  EXPECT_EQ(scores.twins->all.twins_truth, 0U);
  std::uint64_t pairs = 0;
  for (const auto& [change, group] : scores.twins->by_change) {
    EXPECT_NE(change, "other");
    pairs += group.pairs;
  }
  EXPECT_EQ(pairs, 30U);
}

TEST_F(EvaluatedTwins, TellWhoAnswersForTheOther) {
  const auto swapped = answered([](const Episode&, const Episode& twin, std::size_t query) {
    return twin.queries[query].output;
  });
  EXPECT_EQ(swapped.twins->all.right, 0U);
  EXPECT_EQ(swapped.twins->all.twins_truth, 600U);
  EXPECT_EQ(swapped.twins->all.answers_twins_truth.value, 1);
}

/// One that knows the first of two and says the same of both: half right, never on both.
TEST_F(EvaluatedTwins, TellWhoDoesNotSeeTheChange) {
  const auto blind = answered([](const Episode& episode, const Episode& twin, std::size_t query) {
    return (episode.id.ends_with('t') ? twin : episode).queries[query].output;
  });
  EXPECT_EQ(blind.twins->all.right, 300U);
  EXPECT_EQ(blind.twins->all.both_right, 0U);
  EXPECT_EQ(blind.twins->all.consistent.value, 0);
  EXPECT_EQ(blind.twins->all.twins_truth, 300U);
}

TEST_F(EvaluatedTwins, AreInReports) {
  const auto scores = answered([](const Episode& episode, const Episode&, std::size_t query) {
    return query % 2 == 0 ? episode.queries[query].output : Grid(episode.side());
  });
  Report report;
  report.predictor.name = "half";
  report.splits = {{"set", scores}};
  const Json json = to_json(report);
  EXPECT_EQ(json.at("splits").at("set").at("twins").at("right"), 300);
  EXPECT_EQ(twin_scores_of(json.at("splits").at("set").at("twins")), *scores.twins);
  const Table table = twin_table(report);
  ASSERT_GT(table.rows.size(), 1U);
  EXPECT_EQ(table.rows[0][1], "any");
  EXPECT_EQ(table.rows[0][4], "50.0");
}

TEST_F(EvaluatedTwins, AreNoneWhereIdsNameNone) {
  const EpisodeSet alone =
      write_set(folder_ / "alone", {handmade_episode("e1", 2), handmade_episode("e2", 2)});
  const PredictionSet predicted("p.jsonl", meta_for(alone), answer_all(alone, "022"));
  EXPECT_FALSE(evaluate(alone, predicted).scores.twins);
}

TEST_F(EvaluatedTwins, AreTheSameOnAnyNumberOfThreads) {
  std::vector<Prediction> predictions;
  for (const Episode& episode : data_) {
    const auto some = predict_episode(find_baseline("random-rule"), episode, published_rules(), 1);
    predictions.insert(predictions.end(), some.begin(), some.end());
  }
  const PredictionSet predicted("p.jsonl", meta_for(data_), predictions);
  EvaluateConfig config;
  config.ceilings = true;
  config.threads = 1;
  const SplitScores one = evaluate(data_, predicted, config).scores;
  config.threads = 4;
  EXPECT_EQ(evaluate(data_, predicted, config).scores, one);
}

TEST(TwinChange, IsNamedByRoleAndKind) {
  Grammar a;
  a.shape_rule() = {"mirror", {{"direction", "x"}}};
  a.colour_rule() = {"grow", {{"direction", "-x"}}};
  Grammar b = a;
  EXPECT_EQ(twin_change(a, b), "other");
  b.colour_rule().parameters[0].value = "-y";
  EXPECT_EQ(twin_change(a, b), "color parameter");
  b.colour_rule().type = "rotation";
  EXPECT_EQ(twin_change(a, b), "color type");
  b.shape_rule().type = "set_color";
  EXPECT_EQ(twin_change(a, b), "other");
}

}  // namespace
}  // namespace recombine
