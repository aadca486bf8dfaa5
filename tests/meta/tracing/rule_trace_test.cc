#include "meta/tracing/rule_trace.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "models/executor/executor.h"
#include "models/executor/refine.h"
#include "tests/data/temporary_folder.h"
#include "tests/meta/fixtures.h"

namespace recombine {
namespace {

ExecutorModel small_executor() {
  ModelConfig config;
  config.name = "executor";
  config.width = 16;
  config.heads = 2;
  config.feed_forward = 32;
  config.layers = 1;
  config.patch = 3;
  return {config, {6, 6, 0, 0}, 1};
}

TEST(RuleTrace, ComparesEveryGridOnTheWay) {
  const TemporaryFolder folder;
  const EpisodeSet set = write_set(folder / "set", small_episodes(5));
  const RuleTrace trace = rule_trace(small_executor(), set, 4, 2);
  EXPECT_EQ(trace.queries + trace.skipped, 4U * 3);
  EXPECT_EQ(trace.trails.size(), 2U);
  EXPECT_EQ(trace.trails[0].truths.back(), set[0].queries[0].output);
  EXPECT_EQ(trace.trails[0].answers.size(), 3U);
  std::size_t points = 0;
  for (const PointCloud& cloud : trace.vectors) points += cloud.points.size();
  EXPECT_EQ(points, 4U * 3) << "a vector a rule and episode";
}

TEST(RuleTrace, FindsTheLastGridsThatPredictGives) {
  const TemporaryFolder folder;
  const EpisodeSet set = write_set(folder / "set", small_episodes(3));
  ExecutorModel model = small_executor();
  const RuleTrace trace = rule_trace(model, set, 3, 3);
  const EpisodeTensors episodes = load_episodes(set, 0, false);
  const GridAnswers answers = model.predict(
      {episodes.study, episodes.queries.select(2, 0).contiguous(), {}, episodes.shape.study_roles});
  for (std::size_t i = 0; i < trace.trails.size(); ++i) {
    const torch::Tensor grid = answers.grids[static_cast<std::int64_t>(i)][0];
    const Grid& last = trace.trails[i].answers.back();
    const torch::Tensor traced = torch::tensor(
        std::vector<std::uint8_t>(last.cells().begin(), last.cells().end()), torch::kUInt8);
    EXPECT_TRUE(torch::equal(grid.flatten(), traced));
  }
}

TEST(RuleTrace, LooksAfterTheRulesThatAreRunAtOnce) {
  const TemporaryFolder folder;
  std::vector<Episode> episodes = small_episodes(3);
  for (Episode& episode : episodes) {
    episode.study = {episode.queries[0], episode.queries[1]};
    episode.queries = {episode.queries[2]};
  }
  ModelConfig config = small_executor().config();
  config.units = "sets";
  const ExecutorModel model(config, {6, 2, 0, 0}, 1);
  const RuleTrace trace = rule_trace(model, write_set(folder / "set", episodes), 3, 1);
  EXPECT_EQ(trace.units, std::vector<std::string>{"shape+colour+indicator"});
  EXPECT_EQ(trace.looked, (std::array<bool, 3>{false, false, true}));
  EXPECT_EQ(trace.trails[0].answers.size(), 1U);
  EXPECT_EQ(to_json(trace)["exact_after"].size(), 1U);
}

TEST(RuleTrace, NeedsEpisodesThatSayTheirRules) {
  const TemporaryFolder folder;
  std::vector<Episode> episodes = small_episodes(2);
  for (Episode& episode : episodes) episode.grammar = {};
  const EpisodeSet set = write_set(folder / "set", episodes);
  EXPECT_THROW(rule_trace(small_executor(), set, 2, 1), DataError);
}

GridBatch study_of(const EpisodeTensors& episodes) {
  return {
      episodes.study, episodes.queries.select(2, 0).contiguous(), {}, episodes.shape.study_roles};
}

TEST(Refine, WithoutStepsChangesNothing) {
  ExecutorModel model = small_executor();
  const GridBatch batch = study_of(pack_episodes(small_episodes(3)));
  const GridAnswers refined = refined_answers(model, batch, {0, 0.01, 0.1, true});
  const torch::NoGradGuard guard;
  EXPECT_TRUE(torch::equal(refined.grids, model.predict(batch).grids));
}

TEST(Refine, MovesTheRuleVectorsAndNotTheWeights) {
  ExecutorModel model = small_executor();
  const GridBatch batch = study_of(pack_episodes(small_episodes(3)));
  std::vector<torch::Tensor> before;
  for (const Weight& weight : model.weights()) before.push_back(weight.tensor.detach().clone());
  const torch::NoGradGuard guard;
  const torch::Tensor start = model.predict(batch).log_probability;
  const GridAnswers refined = refined_answers(model, batch, {8, 0.1, 0, true});
  EXPECT_FALSE(torch::allclose(refined.log_probability, start, 1e-3, 1e-3));
  for (std::size_t i = 0; i < before.size(); ++i)
    EXPECT_TRUE(torch::equal(model.weights()[i].tensor, before[i]));
}

TEST(Refine, AnswersEachEpisodeByItself) {
  ExecutorModel model = small_executor();
  const std::vector<Episode> episodes = small_episodes(3);
  const RefineConfig config{4, 0.05, 0.1, true};
  const GridAnswers all = refined_answers(model, study_of(pack_episodes(episodes)), config);
  const GridAnswers one = refined_answers(model, study_of(pack_episodes({episodes[1]})), config);
  EXPECT_TRUE(torch::allclose(all.log_probability[1], one.log_probability[0], 1e-2, 1e-2));
}

}  // namespace
}  // namespace recombine
