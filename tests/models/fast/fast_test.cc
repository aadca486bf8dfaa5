#include "models/fast/fast.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "models/optimisers/optimiser.h"
#include "tests/models/fixtures.h"

namespace recombine {
namespace {

std::int64_t count_parameters(const ModelConfig& config, const TaskShape& shape) {
  std::int64_t count = 0;
  for (const auto& parameter : make_grid_model(config, shape, 1)->parameters())
    count += parameter.numel();
  return count;
}

GridBatch only_query(const GridBatch& batch, int query) {
  return {batch.study, batch.query_inputs.narrow(1, query, 1), {}};
}

/// The loss after some steps on the handmade task.
double learn(GridModel& model, int steps) {
  const GridBatch batch = tiny_batch();
  const auto optimiser =
      make_optimiser(model.weights(), {.name = "muon", .lr = 3e-3, .muon_lr = 0.02, .clip = 1});
  for (int step = 0; step < steps; ++step) {
    model.zero_grad();
    model.loss(batch).backward();
    optimiser->step(1);
  }
  return model.loss(batch).item<double>();
}

TEST(Fast, LearnsTwoEpisodesByHeart) {
  for (const char* vocabulary : {"factored", "compact"}) {
    ModelConfig config = tiny_config();
    config.vocabulary = vocabulary;
    const auto model = make_grid_model(config, kTinyShape, 1);
    learn(*model, 150);
    const GridAnswers answers = model->predict(tiny_batch());
    EXPECT_TRUE(torch::equal(answers.grids, tiny_batch().query_outputs)) << vocabulary;
    EXPECT_GT(answers.log_probability.min().item<double>(), -1.0) << vocabulary;
  }
}

TEST(Fast, AnswersAQueryAsIfItWereAlone) {
  const auto model = make_grid_model(tiny_config(), kTinyShape, 1);
  const GridBatch batch = tiny_batch();
  const GridAnswers all = model->predict(batch);
  for (int query = 0; query < 3; ++query) {
    const GridAnswers alone = model->predict(only_query(batch, query));
    EXPECT_TRUE(torch::equal(alone.grids.select(1, 0), all.grids.select(1, query)));
    EXPECT_TRUE(torch::allclose(alone.log_probability.select(1, 0),
                                all.log_probability.select(1, query), 1e-5, 1e-5));
  }
}

TEST(Fast, AnswersAnEpisodeAsIfItWereAlone) {
  const auto model = make_grid_model(tiny_config(), kTinyShape, 1);
  GridBatch batch = tiny_batch();
  const GridAnswers all = model->predict(batch);
  batch = {batch.study.narrow(0, 1, 1), batch.query_inputs.narrow(0, 1, 1), {}};
  EXPECT_TRUE(torch::allclose(model->predict(batch).log_probability[0], all.log_probability[1],
                              1e-5, 1e-5));
}

TEST(Fast, SharesItsAttentionBetweenTheStudyPairs) {
  const auto model =
      std::dynamic_pointer_cast<FastModel>(make_grid_model(tiny_config(), kTinyShape, 1));
  const GridBatch batch = tiny_batch();
  const torch::Tensor shares = model->attention_to_study(batch);
  EXPECT_EQ(shares.sizes(), (std::vector<std::int64_t>{2, 3, 2}));
  EXPECT_TRUE(torch::allclose(shares.sum(-1), torch::ones({2, 3})));
  EXPECT_TRUE(torch::allclose(model->attention_to_study(only_query(batch, 1)).squeeze(1),
                              shares.select(1, 1), 1e-5, 1e-6));
}

TEST(Fast, LooksAtTheStudySet) {
  const auto model = make_grid_model(tiny_config(), kTinyShape, 1);
  GridBatch batch = tiny_batch();
  const torch::Tensor before = model->predict(batch).log_probability;
  batch.study = batch.study.flip(0);
  EXPECT_FALSE(torch::allclose(model->predict(batch).log_probability, before, 1e-5, 1e-5));
}

TEST(Fast, GivesTheLogProbabilityThatTheLossIsMadeOf) {
  ModelConfig config = tiny_config();
  config.zero_patch_weight = 1;  // then the loss is the mean over patches of what a grid adds up
  const auto model = make_grid_model(config, kTinyShape, 1);
  GridBatch batch = tiny_batch();
  const GridAnswers answers = model->predict(batch);
  batch.query_outputs = answers.grids;
  const double patches = 2.0 * 3 * 4;
  EXPECT_NEAR(model->loss(batch).item<double>(),
              -answers.log_probability.sum().item<double>() / patches, 1e-4);
}

TEST(Fast, HasThePublishedSize) {
  // Sums of the layers' sizes, by hand: embeddings, encoder, decoder, memory, norms, head.
  EXPECT_EQ(count_parameters(ModelConfig{}, {10, 12}),
            (10240 + 128 + 1280 + 1536) + 3 * 264064 + 3 * 297344 + 99072 + 512 + 5160);
}

TEST(Fast, TakesPatchesOfNineCells) {
  ModelConfig config = tiny_config();
  config.patch = 3;
  config.relative_bias = true;
  const auto model = make_grid_model(config, {6, 2, 0, 0}, 1);
  const GridBatch batch = {
      torch::ones({1, 2, 2, 6, 6}, torch::kUInt8), torch::ones({1, 1, 6, 6}, torch::kUInt8), {}};
  EXPECT_EQ(model->predict(batch).grids.sizes(), (std::vector<std::int64_t>{1, 1, 6, 6}));
}

TEST(Fast, LearnsItsRelativeBias) {
  ModelConfig config = tiny_config();
  config.relative_bias = true;
  const auto model = make_grid_model(config, kTinyShape, 1);
  model->loss(tiny_batch()).backward();
  int tables = 0;
  for (const auto& parameter : model->named_parameters()) {
    if (parameter.key().find("distance") == std::string::npos) continue;
    EXPECT_GT(parameter.value().grad().abs().max().item<double>(), 0) << parameter.key();
    ++tables;
  }
  EXPECT_EQ(tables, 3);
}

TEST(Fast, StartsFromItsSeed) {
  const auto weights = [](std::uint64_t seed) {
    const auto model = make_grid_model(tiny_config(), kTinyShape, seed);
    return torch::cat({model->parameters()[0].flatten(), model->parameters()[1].flatten()});
  };
  EXPECT_TRUE(torch::equal(weights(1), weights(1)));
  EXPECT_FALSE(torch::equal(weights(1), weights(2)));
}

TEST(MakeModel, NamesTheOptionAtFault) {
  const auto complaint = [](const char* option, const char* value, const TaskShape& shape) {
    ModelConfig config = tiny_config();
    assign(config, option, value);
    try {
      make_grid_model(config, shape, 1);
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string("none");
  };
  EXPECT_THAT(complaint("patch", "3", kTinyShape),
              testing::HasSubstr("--model.patch 3: must divide"));
  EXPECT_THAT(complaint("name", "fsat", kTinyShape), testing::HasSubstr("did you mean 'fast'?"));
  EXPECT_THAT(complaint("heads", "3", kTinyShape),
              testing::HasSubstr("--model.heads 3: must divide"));
  ModelConfig config = tiny_config();
  config.vocabulary = "compact";
  config.patch = 3;
  EXPECT_THROW(make_grid_model(config, {6, 2, 0, 0}, 1), InputError);
}

}  // namespace
}  // namespace recombine
