#include "models/encoder_decoder/encoder_decoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "models/encoder_decoder/conversion.h"
#include "models/encoder_decoder/reference.h"
#include "models/encoder_decoder/shared.h"
#include "models/entry.h"
#include "models/optimisers/optimiser.h"
#include "tests/models/fixtures.h"

namespace recombine {
namespace {

using torch::Tensor;

ModelConfig config_of(const char* name, const char* vocabulary = "auto") {
  ModelConfig config = tiny_config();
  config.layers = 2;
  config.name = name;
  config.vocabulary = vocabulary;
  return config;
}

template <class Made>
std::shared_ptr<Made> make(const ModelConfig& config, const TaskShape& shape = kTinyShape) {
  return std::make_shared<Made>(config, shape, 1);
}

std::int64_t count_parameters(const char* name, int study, const char* vocabulary = "auto") {
  ModelConfig config;
  config.heads = 8;
  config.name = name;
  config.vocabulary = vocabulary;
  std::int64_t count = 0;
  for (const Weight& weight : make_grid_model(config, {10, study, 0, 0}, 1)->weights())
    count += weight.tensor.numel();
  return count;
}

void copy_weights(const Model& from, Model& to) {
  const torch::NoGradGuard guard;
  for (std::size_t i = 0; i < to.weights().size(); ++i) {
    Tensor tensor = to.weights()[i].tensor;
    tensor.copy_(from.weights()[i].tensor);
  }
}

const Tensor& weight_of(const Model& model, const std::string& name) {
  return std::ranges::find(model.weights(), name, &Weight::name)->tensor;
}

TEST(Reference, HasThePublishedNumbersOfParameters) {
  EXPECT_EQ(count_parameters("reference", 12), 5720213);
  EXPECT_EQ(count_parameters("reference", 18), 5760149);
  EXPECT_EQ(count_parameters("reference", 3), 5660309);
  EXPECT_EQ(count_parameters("reference", 0), 5640341);
  EXPECT_EQ(count_parameters("shared", 12, "full"), 5720213);
  EXPECT_EQ(count_parameters("shared", 12), 5720213 - 9864 * (3 * 128 + 1));
}

TEST(Reference, BeginsAsPublished) {
  ModelConfig config;
  config.heads = 8;
  config.name = "reference";
  const auto model = make_grid_model(config, {10, 12, 0, 0}, 1);
  const auto largest = [&](const std::string& name) {
    return weight_of(*model, name).abs().max().item<double>();
  };
  const std::string layer = "transformer.decoder.layers.1.";
  EXPECT_NEAR(largest(layer + "self_attn.in_proj_weight"), 0.1083, 1e-4);
  EXPECT_NEAR(largest(layer + "multihead_attn.out_proj.weight"), 0.1531, 1e-4);
  EXPECT_NEAR(largest(layer + "linear1.weight"), 0.0818, 1e-4);
  EXPECT_NEAR(largest(layer + "linear1.bias"), 0.0884, 1e-3);
  EXPECT_NEAR(largest(layer + "linear2.bias"), 0.0361, 1e-3);
  EXPECT_NEAR(largest("out.bias"), 0.0884, 1e-4);
  EXPECT_EQ(largest(layer + "self_attn.in_proj_bias"), 0);
  EXPECT_NEAR(weight_of(*model, "input_embedding.weight").std().item<double>(), 1, 0.01);
  const Tensor first = weight_of(*model, "transformer.decoder.layers.0.linear1.bias");
  EXPECT_TRUE(first.equal(weight_of(*model, layer + "linear1.bias")));
  EXPECT_FALSE(first.equal(weight_of(*model, "transformer.encoder.layers.0.linear1.bias")));
  EXPECT_FALSE(weight_of(*model, "transformer.decoder.layers.0.linear1.weight")
                   .equal(weight_of(*model, layer + "linear1.weight")));
}

TEST(EncoderDecoder, SeesNoLaterPatchOfTheAnswer) {
  const auto model = make<ReferenceModel>(config_of("reference"));
  GridBatch batch = tiny_batch();
  const Tensor before = model->logits(batch);
  batch.query_outputs = batch.query_outputs.clone();
  batch.query_outputs.select(2, 3).fill_(7);  // the lower row of patches: the third and fourth
  const Tensor after = model->logits(batch);
  EXPECT_TRUE(torch::allclose(before.narrow(1, 0, 3), after.narrow(1, 0, 3), 1e-5, 1e-6));
  EXPECT_FALSE(torch::allclose(before.select(1, 3), after.select(1, 3), 1e-3, 1e-3));
}

TEST(Shared, IsReferenceWhoseStudyTokensDoNotSeeTheQuery) {
  for (const int study : {2, 0}) {
    const TaskShape shape{4, study, 0, 0};
    const auto shared = make<SharedModel>(config_of("shared", "full"), shape);
    const auto reference = make<ReferenceModel>(config_of("reference"), shape);
    copy_weights(*shared, *reference);
    GridBatch batch = tiny_batch();
    batch.study = batch.study.narrow(1, 0, study);
    const Tensor ours = shared->logits(batch);
    const bool alike = torch::allclose(ours, reference->logits(batch), 1e-3, 1e-3);
    EXPECT_EQ(alike, study == 0);
    reference->hide_queries(true);
    EXPECT_TRUE(torch::allclose(ours, reference->logits(batch), 1e-4, 1e-5));
    shared->loss(batch).backward();
    reference->loss(batch).backward();
    for (const Weight& weight : shared->weights()) {
      const Tensor wanted = weight_of(*reference, weight.name).grad();
      EXPECT_TRUE(torch::allclose(weight.tensor.grad(), wanted, 1e-3, 1e-6)) << weight.name;
    }
  }
}

TEST(AttendInContext, IsOneSoftmaxOverBothWithItsGradients) {
  torch::manual_seed(1);
  const auto leaf = [](const std::vector<std::int64_t>& shape) {
    return torch::randn(shape).requires_grad_(true);
  };
  const Tensor query = leaf({6, 5, 32});
  const ContextKeys keys{leaf({2, 40, 32}), leaf({2, 40, 32}), leaf({6, 7, 32}), leaf({6, 7, 32})};
  const Tensor direction = torch::randn({6, 5, 32});
  const auto gradients = [&](const Tensor& mixed) {
    return torch::autograd::grad(
        {(mixed * direction).sum()},
        {query, keys.study_key, keys.study_value, keys.own_key, keys.own_value});
  };
  const Tensor ours = attend_in_context(query, keys, 2);
  const Tensor wanted = attend_in_copied_context(query, keys, 2);
  EXPECT_TRUE(torch::allclose(ours, wanted, 1e-5, 1e-6));
  const auto found = gradients(ours);
  const auto expected = gradients(wanted);
  for (std::size_t i = 0; i < found.size(); ++i)
    EXPECT_TRUE(torch::allclose(found[i], expected[i], 1e-4, 1e-5)) << i;
}

TEST(EncoderDecoder, LearnsTwoEpisodesByHeartAndDecodesThem) {
  for (const auto& [name, vocabulary] :
       {std::pair{"reference", "compact"}, {"shared", "factored"}}) {
    const auto model = make_grid_model(config_of(name, vocabulary), kTinyShape, 1);
    const auto optimiser =
        make_optimiser(model->weights(), {.name = "muon", .lr = 5e-3, .muon_lr = 0.02});
    for (int step = 0; step < 150; ++step) {
      model->zero_grad();
      model->loss(tiny_batch()).backward();
      optimiser->step(1 - step / 150.0);
    }
    const GridAnswers greedy = model->predict(tiny_batch());
    EXPECT_TRUE(torch::equal(greedy.grids, tiny_batch().query_outputs)) << name << vocabulary;
    const GridAnswers forced = model->predict_forced(tiny_batch());
    EXPECT_TRUE(torch::allclose(forced.log_probability, greedy.log_probability, 1e-3, 1e-3));
  }
}

/// Whether each answer is the batch's.
Tensor exact(const GridAnswers& answers, const GridBatch& batch) {
  return answers.grids.eq(batch.query_outputs).flatten(2).all(-1);
}

TEST(EncoderDecoder, IsExactUnderTeacherForcingWhereItIsGreedily) {
  const auto model = make_grid_model(config_of("shared"), kTinyShape, 1);
  const auto optimiser =
      make_optimiser(model->weights(), {.name = "muon", .lr = 1e-2, .muon_lr = 0.02});
  int mixed = 0;
  for (int step = 0; step < 60; ++step) {
    model->zero_grad();
    model->loss(tiny_batch()).backward();
    optimiser->step(1);
    const Tensor greedy = exact(model->predict(tiny_batch()), tiny_batch());
    EXPECT_TRUE(greedy.equal(exact(model->predict_forced(tiny_batch()), tiny_batch()))) << step;
    const auto right = greedy.sum().item<std::int64_t>();
    if (right > 0 && right < greedy.numel()) ++mixed;
  }
  EXPECT_GT(mixed, 0) << "no step at which some answers were right and some wrong";
}

TEST(ConvertWeights, KeepsTheLogitsOfThePatchesThatOccur) {
  const auto full = make<SharedModel>(config_of("shared", "full"));
  const auto compact = make<SharedModel>(config_of("shared", "compact"));
  convert_weights(*full, *compact);
  const Tensor some = full->logits(tiny_batch()).index_select(2, compact_rows());
  EXPECT_TRUE(torch::allclose(compact->logits(tiny_batch()), some, 1e-5, 1e-5));
  EXPECT_THROW(convert_weights(*compact, *full), InputError);
}

TEST(TrainingFlops, AreThoseOfTheCostAccounting) {
  const auto giga = [](const char* name, const char* vocabulary) {
    ModelConfig config;
    config.name = name;
    config.vocabulary = vocabulary;
    return 1e-9 * training_flops(config, {10, 12, 0, 0}, {}, std::vector<QueryKind>(22));
  };
  EXPECT_NEAR(giga("reference", "full"), 127.96, 0.01);
  EXPECT_NEAR(giga("shared", "full"), 19.07, 0.01);
  EXPECT_NEAR(giga("shared", "compact"), 14.74, 0.01);
  EXPECT_NEAR(giga("fast", "factored"), 5.77, 0.05);
}

TEST(EncoderDecoder, RefusesWhatItCannotRead) {
  EXPECT_THROW(make_grid_model(config_of("reference", "padded"), kTinyShape, 1), InputError);
  EXPECT_THROW(make_grid_model(config_of("reference"), {0, 0, 8, 4}, 1), InputError);
  EXPECT_THROW(make_grid_model(config_of("fast", "full"), kTinyShape, 1), InputError);
}

}  // namespace
}  // namespace recombine
