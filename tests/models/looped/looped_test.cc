#include "models/looped/looped.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "models/entry.h"
#include "models/optimisers/optimiser.h"
#include "tests/models/fixtures.h"

namespace recombine {
namespace {

ModelConfig looped_config() {
  ModelConfig config = tiny_config();
  config.name = "looped";
  config.pointer_width = 8;
  config.turns = 2;
  return config;
}

struct Variant {
  std::string name;
  ModelConfig config;
};

/// The whole model, and it with each part otherwise.
std::vector<Variant> variants() {
  std::vector<Variant> all;
  const auto add = [&](const char* name, auto change) {
    all.push_back({name, looped_config()});
    change(all.back().config);
  };
  add("Whole", [](ModelConfig&) {});
  add("Latent", [](ModelConfig& config) { config.state = "latent"; });
  add("Both", [](ModelConfig& config) { config.state = "both"; });
  add("Attention", [](ModelConfig& config) { config.conditioning = "attention"; });
  add("OnePair", [](ModelConfig& config) { config.choice = "one"; });
  add("NoPointers", [](ModelConfig& config) { config.pointers = false; });
  add("NoOccupancy", [](ModelConfig& config) { config.occupancy = false; });
  add("NoMean", [](ModelConfig& config) { config.study_mean = false; });
  add("NoNumbers", [](ModelConfig& config) { config.turn_numbers = false; });
  add("EveryTurn", [](ModelConfig& config) { config.turn_weight = 0.5; });
  return all;
}

std::shared_ptr<LoopedModel> make_looped(const ModelConfig& config) {
  return std::dynamic_pointer_cast<LoopedModel>(make_grid_model(config, kTinyShape, 1));
}

void learn(GridModel& model, int steps) {
  const GridBatch batch = tiny_batch();
  const auto optimiser =
      make_optimiser(model.weights(), {.name = "muon", .lr = 3e-3, .muon_lr = 0.02, .clip = 1});
  for (int step = 0; step < steps; ++step) {
    model.zero_grad();
    model.loss(batch).backward();
    optimiser->step(1);
  }
}

GridBatch only_query(const GridBatch& batch, int query) {
  return {batch.study, batch.query_inputs.narrow(1, query, 1), {}};
}

bool alike(const torch::Tensor& one, const torch::Tensor& other) {
  return torch::allclose(one, other, 1e-4, 1e-4);
}

class EveryLooped : public testing::TestWithParam<Variant> {};

TEST_P(EveryLooped, LearnsTwoEpisodesByHeart) {
  const auto model = make_looped(GetParam().config);
  learn(*model, 200);
  EXPECT_TRUE(torch::equal(model->predict(tiny_batch()).grids, tiny_batch().query_outputs));
}

TEST_P(EveryLooped, AnswersAQueryAndAnEpisodeAsIfItWereAlone) {
  const auto model = make_looped(GetParam().config);
  learn(*model, 5);
  const GridBatch batch = tiny_batch();
  const torch::Tensor all = model->predict(batch).log_probability;
  for (int query = 0; query < 3; ++query) {
    const GridAnswers alone = model->predict(only_query(batch, query));
    EXPECT_TRUE(alike(alone.log_probability.select(1, 0), all.select(1, query)));
  }
  const GridBatch second = {batch.study.narrow(0, 1, 1), batch.query_inputs.narrow(0, 1, 1), {}};
  EXPECT_TRUE(alike(model->predict(second).log_probability[0], all[1]));
}

TEST_P(EveryLooped, SharesItsAttentionBetweenTheStudyPairs) {
  const auto model = make_looped(GetParam().config);
  learn(*model, 5);
  const torch::Tensor shares = model->attention_to_study(tiny_batch());
  EXPECT_EQ(shares.sizes(), (std::vector<std::int64_t>{2, 3, 2}));
  EXPECT_TRUE(alike(shares.sum(-1), torch::ones({2, 3})));
  EXPECT_TRUE(alike(model->attention_to_study(only_query(tiny_batch(), 1)).squeeze(1),
                    shares.select(1, 1)));
}

TEST_P(EveryLooped, LearnsEveryWeightAndLooksAtTheStudySet) {
  const auto model = make_looped(GetParam().config);
  learn(*model, 5);  // what begins at zero lets nothing through in the first step
  model->zero_grad();
  model->loss(tiny_batch()).backward();
  for (const Weight& weight : model->weights()) {
    ASSERT_TRUE(weight.tensor.grad().defined()) << weight.name;
    EXPECT_TRUE(weight.tensor.grad().isfinite().all().item<bool>()) << weight.name;
    EXPECT_GT(weight.tensor.grad().abs().max().item<double>(), 0) << weight.name;
  }
  GridBatch batch = tiny_batch();
  const torch::Tensor before = model->predict(batch).log_probability;
  batch.study = batch.study.flip(0);
  EXPECT_FALSE(torch::allclose(model->predict(batch).log_probability, before, 1e-5, 1e-5));
}

INSTANTIATE_TEST_SUITE_P(Variants, EveryLooped, testing::ValuesIn(variants()), [](const auto& one) {
  return one.param.name;
});

TEST(Looped, BeginsByLeavingTheQueryAsItIs) {
  const auto model = make_looped(looped_config());
  EXPECT_TRUE(torch::equal(model->predict(tiny_batch()).grids, tiny_batch().query_inputs));
}

TEST(Looped, GivesTheLogProbabilityThatTheLossIsMadeOf) {
  ModelConfig config = looped_config();
  config.zero_patch_weight = 1;
  const auto model = make_looped(config);
  GridBatch batch = tiny_batch();
  const GridAnswers answers = model->predict(batch);
  batch.query_outputs = answers.grids;
  const double cells = 2.0 * 3 * 16;
  EXPECT_NEAR(model->loss(batch).item<double>(),
              -answers.log_probability.sum().item<double>() / cells, 1e-4);
}

TEST(Looped, HasTheSameWeightsInEveryTurn) {
  const auto count = [](int turns, bool numbers) {
    ModelConfig config = looped_config();
    config.turns = turns;
    config.turn_numbers = numbers;
    std::int64_t sum = 0;
    for (const Weight& weight : make_looped(config)->weights()) sum += weight.tensor.numel();
    return sum;
  };
  EXPECT_EQ(count(2, false), count(9, false));
  EXPECT_EQ(count(9, true) - count(2, true), 7 * 16);
}

TEST(Looped, WeighsTheTurnsInItsLoss) {
  const auto loss = [](int turns, double others) {
    ModelConfig config = looped_config();
    config.turn_numbers = false;
    config.turns = turns;
    config.turn_weight = others;
    return make_looped(config)->loss(tiny_batch()).item<double>();
  };
  EXPECT_NE(loss(1, 0), loss(2, 0));
  EXPECT_NEAR(loss(2, 0.5), (loss(2, 0) + 0.5 * loss(1, 0)) / 1.5, 1e-5);
}

TEST(Looped, EndsWhereATurnChangesNothing) {
  ModelConfig config = looped_config();
  config.turn_numbers = false;
  config.answer_turns = 50;
  EXPECT_EQ(make_looped(config)->grids_by_turn(tiny_batch()).size(), 1) << "it copies at first";
  config.answer_turns = 0;
  const auto model = make_looped(config);
  learn(*model, 200);
  const auto grids = model->grids_by_turn(tiny_batch());
  EXPECT_LE(grids.size(), 2);
  EXPECT_TRUE(torch::equal(grids.back(), tiny_batch().query_outputs));
  EXPECT_TRUE(torch::equal(grids.back(), model->predict(tiny_batch()).grids));
}

TEST(Looped, ChoosesOnePairATurn) {
  ModelConfig config = looped_config();
  config.choice = "one";
  config.turns = 1;
  const torch::Tensor shares = make_looped(config)->attention_to_study(tiny_batch());
  EXPECT_TRUE(torch::equal(shares.amax(-1), torch::ones({2, 3})));
  EXPECT_TRUE(torch::equal(shares.sum(-1), torch::ones({2, 3})));
}

TEST(Looped, CostsWhatItsTurnsCost) {
  const auto flops = [](int turns, const char* conditioning) {
    ModelConfig config = looped_config();
    config.turns = turns;
    config.conditioning = conditioning;
    return training_flops(config, kTinyShape, {}, std::vector<QueryKind>(3));
  };
  for (const char* conditioning : {"vector", "attention"}) {
    const double turn = flops(2, conditioning) - flops(1, conditioning);
    EXPECT_GT(turn, 0);
    EXPECT_NEAR(flops(5, conditioning), flops(1, conditioning) + 4 * turn, 1);
    EXPECT_LT(turn, flops(1, conditioning)) << "the study set is read once";
  }
}

TEST(Looped, NamesTheOptionAtFault) {
  const auto complaint = [](const char* option, const char* value) {
    ModelConfig config = looped_config();
    assign(config, option, value);
    try {
      make_looped(config);
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string("none");
  };
  EXPECT_THAT(complaint("patch", "3"), testing::HasSubstr("--model.patch 3: must divide"));
  EXPECT_THAT(complaint("answer-turns", "9"), testing::HasSubstr("--model.turn-numbers off"));
  EXPECT_THAT(complaint("turns", "0"), testing::HasSubstr("--model.turns 0"));
  EXPECT_THAT(complaint("choice", "two"), testing::HasSubstr("--model.choice two"));
  ModelConfig executor = looped_config();
  executor.name = "executor";
  executor.state = "both";
  EXPECT_THROW(make_grid_model(executor, kTinyShape, 1), InputError);
}

}  // namespace
}  // namespace recombine
