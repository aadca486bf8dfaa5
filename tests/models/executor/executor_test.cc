#include "models/executor/executor.h"

#include <map>
#include <string>

#include <gtest/gtest.h>

#include "data/error.h"
#include "models/optimisers/optimiser.h"
#include "tests/models/executor/executor_fixtures.h"

namespace recombine {
namespace {

/// The model as it is, and without each of its components.
std::map<std::string, ModelConfig> variants() {
  std::map<std::string, ModelConfig> all;
  const auto add = [&](const std::string& name, auto&& change) {
    change(all.emplace(name, executor_config()).first->second);
  };
  add("whole", [](ModelConfig&) {});
  add("no bounding box", [](ModelConfig& config) { config.bounding_box = false; });
  add("no pointers", [](ModelConfig& config) { config.pointers = false; });
  add("no occupancy", [](ModelConfig& config) { config.occupancy = false; });
  add("no indicator", [](ModelConfig& config) { config.indicator = false; });
  add("latent", [](ModelConfig& config) { config.state = "latent"; });
  add("attention", [](ModelConfig& config) { config.conditioning = "attention"; });
  add("hidden", [](ModelConfig& config) {
    config.sections = "hidden";
    config.leave_out = false;  // where a pair stands is not known when it is asked
  });
  add("relative", [](ModelConfig& config) { config.places = "relative"; });
  add("units", [](ModelConfig& config) { config.units = "sets"; });
  add("every chain", [](ModelConfig& config) {
    config.units = "sets";
    config.chains = "every";
  });
  return all;
}

/// Whether all answers are right, and thought probable.
bool knows(GridModel& model, const GridBatch& batch) {
  const GridAnswers answers = model.predict(batch);
  return torch::equal(answers.grids, batch.query_outputs) &&
         answers.log_probability.min().item<double>() > -2;
}

TEST(Executor, LearnsAnEpisodeByHeart) {
  for (const auto& [name, config] : variants()) {
    const auto model = make_grid_model(config, kShape, 1);
    const auto optimiser =
        make_optimiser(model->weights(), {.name = "muon", .lr = 3e-3, .muon_lr = 0.02, .clip = 1});
    const GridBatch batch = with_copies();
    const auto at_first = model->loss(batch).item<double>();
    // The rate never falls, so single steps still jump: learned is what was known once.
    bool learned = false;
    for (int step = 1; step <= 250 && !learned; ++step) {
      model->zero_grad();
      model->loss(batch).backward();
      optimiser->step(1);
      if (step % 25 != 0) continue;
      const bool fits = model->loss(batch).item<double>() < at_first / 8;
      // Without pointers it answers late; where it learned by another chain, perhaps never.
      const bool answers = config.pointers && config.chains != "every";
      learned = fits && (!answers || knows(*model, batch));
    }
    EXPECT_TRUE(learned) << name;
  }
}

TEST(Executor, AnswersAQueryAsIfItWereAlone) {
  const auto model = make_grid_model(executor_config(), kShape, 1);
  const GridBatch batch = with_copies();
  const GridAnswers all = model->predict(batch);
  for (int query = 0; query < 9; ++query) {
    GridBatch one = batch;
    one.query_inputs = batch.query_inputs.narrow(1, query, 1);
    one.kinds = {batch.kinds[static_cast<std::size_t>(query)]};
    EXPECT_TRUE(torch::allclose(model->predict(one).log_probability.select(1, 0),
                                all.log_probability.select(1, query), 1e-4, 1e-4))
        << query;
  }
}

TEST(Executor, LeavesAStudyPairOutOfItsOwnEvidence) {
  // The second pair of the shape and colour rules: its output is evidence for the colour rule, and
  // for every query but itself.
  GridBatch batch = with_copies();
  GridBatch other = batch;
  other.study = batch.study.clone();
  other.study[0][3][1] = 0;
  const auto differs = [&](const ModelConfig& config, int query) {
    const auto model = make_grid_model(config, kShape, 1);
    return (model->predict(batch).log_probability - model->predict(other).log_probability)
               .abs()[0][query]
               .item<double>() > 1e-4;
  };
  ModelConfig config = executor_config();
  EXPECT_FALSE(differs(config, 3 + 3));
  EXPECT_TRUE(differs(config, 3 + 1)) << "the primitive pair of the colour rule";
  EXPECT_TRUE(differs(config, 0));
  config.leave_out = false;
  EXPECT_TRUE(differs(config, 3 + 3));
}

TEST(Executor, FindsHiddenSectionsInAnyOrderOfThePairs) {
  ModelConfig config = executor_config();
  config.sections = "hidden";
  const auto model = make_grid_model(config, kShape, 1);
  const auto optimiser =
      make_optimiser(model->weights(), {.name = "muon", .lr = 3e-3, .muon_lr = 0.02, .clip = 1});
  for (int step = 0; step < 100; ++step) {
    model->zero_grad();
    model->loss(one_episode()).backward();
    optimiser->step(1);
  }
  const GridBatch batch = one_episode();
  GridBatch shuffled = batch;
  const torch::Tensor order = torch::tensor({4, 2, 0, 5, 1, 3});
  shuffled.study = batch.study.index_select(1, order);
  shuffled.study_roles.assign(6, kUnknownRoles);
  const auto& executor = dynamic_cast<const ExecutorModel&>(*model);
  EXPECT_TRUE(torch::equal(executor.with_sections_sorted(shuffled).study, batch.study));
  EXPECT_EQ(executor.with_sections_sorted(shuffled).study_roles, batch.study_roles);
  EXPECT_TRUE(torch::equal(model->predict(shuffled).grids, model->predict(batch).grids));
  EXPECT_LT(model->loss(shuffled).item<double>(), model->loss(batch).item<double>())
      << "without the loss of the sections, which only training has";
}

TEST(Executor, GivesTheLogProbabilityThatTheLossIsMadeOf) {
  ModelConfig config = executor_config();
  config.zero_patch_weight = 1;
  const auto model = make_grid_model(config, kShape, 1);
  GridBatch batch = one_episode();
  const GridAnswers answers = model->predict(batch);
  batch.query_outputs = answers.grids;
  EXPECT_NEAR(model->loss(batch).item<double>(),
              -answers.log_probability.sum().item<double>() / (3 * 36), 1e-5);
}

TEST(Executor, AnswersFromThreePairsOfAllRules) {
  GridBatch batch = one_episode();
  batch.study = torch::stack({batch.query_inputs, batch.query_outputs}, 2);
  batch.study_roles.assign(3, kAllRoles);
  const auto model = make_grid_model(executor_config(), {6, 3, 0, 0}, 1);
  EXPECT_EQ(model->predict(batch).grids.sizes(), batch.query_inputs.sizes());
}

TEST(Executor, SaysWhatItMissesInTheData) {
  const auto model = make_grid_model(executor_config(), kShape, 1);
  GridBatch batch = one_episode();
  batch.study_roles.assign(6, kUnknownRoles);
  EXPECT_THROW(model->predict(batch), InputError);
  batch.study_roles.assign(6, kPair);
  EXPECT_THROW(model->predict(batch), InputError) << "no pair shows the indicator's rule";
  ModelConfig config = executor_config();
  config.patch = 4;
  EXPECT_THROW(make_grid_model(config, kShape, 1), InputError);
}

TEST(ExecutorPlan, RunsEveryGridByTheRulesItHas) {
  const std::vector<Roles> study(kStudySections.begin(), kStudySections.end());
  const ExecutorPlan plan = executor_plan(study, {{kAllRoles, -1}, {kPair, 3}}, {});
  EXPECT_EQ(plan.new_queries, std::vector{0});
  EXPECT_EQ(plan.answers, (std::vector{6, 3}));
  EXPECT_EQ(plan.turns[0].evidence, std::vector{0});
  EXPECT_EQ(plan.turns[0].execute, (std::vector{3, 4, 6}));
  EXPECT_EQ(plan.turns[1].evidence, (std::vector{1, 3}));
  EXPECT_EQ(plan.turns[1].execute, (std::vector{3, 5, 6}));
  EXPECT_EQ(plan.turns[2].evidence, (std::vector{2, 4, 5}));
  EXPECT_EQ(plan.turns[2].execute, std::vector{6});
}

TEST(ExecutorPlan, TakesPrimitivePairsAloneWithoutExplainingAway) {
  const std::vector<Roles> study(kStudySections.begin(), kStudySections.end());
  const ExecutorPlan plan = executor_plan(study, {{kAllRoles, -1}}, {.explain_away = false});
  EXPECT_EQ(plan.turns[2].evidence, std::vector{2});
  EXPECT_EQ(plan.turns[1].execute, std::vector{6});
}

TEST(ExecutorPlan, InfersARuleWithoutPairsOfItsOwnFromThoseThatNeedIt) {
  const ExecutorPlan plan = executor_plan(
      {kShapeRole | kColourRole, kShapeRole | kIndicatorRole, kColourRole | kIndicatorRole},
      {{kAllRoles, -1}}, {});
  EXPECT_EQ(plan.turns[0].evidence, (std::vector{0, 1}));
  EXPECT_EQ(plan.turns[1].evidence, std::vector{0});
  EXPECT_EQ(plan.turns[2].evidence, (std::vector{1, 2}));
}

TEST(SoftGrids, FindWhatAllGridsShare) {
  const torch::Tensor grids = torch::zeros({1, 2, 4, 4}, torch::kUInt8);
  grids[0][0][1][2] = 5;
  grids[0][1][1][2] = 5;
  grids[0][0][3][3] = 4;
  grids[0][1][3][3] = 6;
  const torch::Tensor common = common_cells(grids);
  EXPECT_EQ(common.sum().item<int>(), 5);
  EXPECT_EQ(common[0][1][2].item<int>(), 5);
}

TEST(SoftGrids, BoundTheObjectAndNotTheIndicator) {
  const GridShape shape{4, 2};
  const torch::Tensor grid = torch::zeros({1, 4, 4}, torch::kUInt8);
  grid[0][1][0] = 3;
  grid[0][2][1] = 3;
  const torch::Tensor indicator = torch::zeros({1, 4, 4}, torch::kUInt8);
  indicator[0][3][3] = 5;
  const torch::Tensor both = grid + indicator;
  const torch::Tensor occupancy = object_occupancy(given_soft_grids(both, shape.patch),
                                                   given_soft_grids(indicator, shape.patch));
  EXPECT_EQ(occupancy.sum().item<float>(), 2);
  const torch::Tensor box = object_bounding_box(occupancy, shape)[0].argmax(-1);
  EXPECT_TRUE(torch::equal(box, torch::tensor({1, 2, 0, 1})));
  EXPECT_EQ(object_bounding_box(torch::zeros_like(occupancy), shape).sum().item<float>(), 0);
}

}  // namespace
}  // namespace recombine
