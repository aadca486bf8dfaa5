#include "models/gpt/gpt.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/random.h"
#include "tests/models/encoder_decoder/large_weights.h"

namespace recombine {
namespace {

using testing::HasSubstr;

/// 12 entities, 4 relations and </a> (token 16).
constexpr int kTokens = 17;
constexpr std::int64_t kEnd = 16;

ModelConfig tiny_config() {
  ModelConfig config;
  config.name = "gpt";
  config.width = 32;
  config.heads = 2;
  config.feed_forward = 64;
  config.layers = 2;
  config.vocabulary_multiple = 1;
  return config;
}

TaskShape facts_task() {
  TaskShape task;
  task.tokens = kTokens;
  task.length = 6;
  return task;
}

/// A two-hop item with its bridge, a single fact, and a two-hop item without.
FactBatch tiny_batch() {
  const auto long_tensor = torch::TensorOptions(torch::kInt64);
  return {torch::tensor({{0L, 12L, 13L, 5L, 7L, kEnd},
                         {3L, 14L, 9L, kEnd, kEnd, kEnd},
                         {4L, 15L, 12L, 1L, kEnd, kEnd}},
                        long_tensor),
          torch::tensor({3L, 2L, 3L}, long_tensor), torch::tensor({6L, 4L, 5L}, long_tensor), 3};
}

std::shared_ptr<GptModel> tiny_model(const ModelConfig& config = tiny_config()) {
  auto model = std::make_shared<GptModel>(config, facts_task(), 3);
  enlarge(*model, 10);
  model->eval();
  return model;
}

std::int64_t parameters(const ModelConfig& config, int tokens, int length) {
  TaskShape task;
  task.tokens = tokens;
  task.length = length;
  std::int64_t sum = 0;
  for (const ParameterSpec& spec : gpt_parameters(config, task)) {
    std::int64_t size = 1;
    for (const std::int64_t side : spec.shape) size *= side;
    sum += size;
  }
  return sum;
}

TEST(Gpt, HasThePublishedNumbersOfParameters) {
  // As published: padded, 1,024 positions; compact, 16 positions.
  ModelConfig config = tiny_config();
  config.width = 768;
  config.heads = 12;
  config.feed_forward = 3072;
  config.vocabulary_multiple = 8;
  const std::vector<std::pair<int, std::int64_t>> padded = {
      {2, 55256064}, {4, 69431808}, {8, 97783296}, {12, 126134784}};
  for (const auto& [layers, wanted] : padded) {
    config.layers = layers;
    config.vocabulary = "padded";
    config.positions = 1024;
    EXPECT_EQ(parameters(config, 2201, 6), wanted) << layers;
  }
  const std::vector<std::pair<int, std::int64_t>> compact = {
      {2, 15885312}, {4, 30061056}, {8, 58412544}};
  for (const auto& [layers, wanted] : compact) {
    config.layers = layers;
    config.vocabulary = "compact";
    config.positions = 16;
    EXPECT_EQ(parameters(config, 2201, 6), wanted) << layers;
  }
}

TEST(Gpt, HasTheNumberOfParametersOfTheSmallSetting) {
  ModelConfig config = tiny_config();
  config.width = 128;
  config.feed_forward = 512;
  EXPECT_EQ(parameters(config, 241, 6), 428416);
  EXPECT_EQ(parameters(config, 241, 5), 428288);
}

TEST(Gpt, BeginsAsItsPaperSays) {
  ModelConfig config = tiny_config();
  config.width = 128;
  config.heads = 4;
  config.feed_forward = 512;
  TaskShape task = facts_task();
  task.tokens = 2208;
  GptModel model(config, task, 1);
  for (const Weight& weight : model.weights()) {
    const bool gain = weight.name.ends_with(".weight") && weight.tensor.dim() == 1;
    const bool out = weight.name.find("proj.weight") != std::string::npos;
    if (weight.tensor.dim() == 1) {
      EXPECT_TRUE(weight.tensor.eq(gain ? 1 : 0).all().item<bool>()) << weight.name;
    } else {
      const double wanted = out ? 0.02 / 2 : 0.02;  // 0.02 / sqrt(2 L), L = 2
      EXPECT_NEAR(weight.tensor.std().item<double>(), wanted, 0.1 * wanted) << weight.name;
    }
  }
  FactBatch batch;
  CounterRandom random(1, 0, Stream::kSample);
  std::vector<std::int64_t> tokens(static_cast<std::size_t>(6 * 170));
  for (std::int64_t& token : tokens) token = random.below(2208);
  batch.tokens = torch::tensor(tokens, torch::kInt64).view({170, 6});
  batch.prompt = torch::full({170}, 3, torch::kInt64);
  batch.length = torch::full({170}, 6, torch::kInt64);
  batch.answer = 3;
  EXPECT_NEAR(model.loss(batch).item<double>(), std::log(2208), 0.05);
}

TEST(Gpt, SeesNoLaterToken) {
  const auto model = tiny_model();
  const torch::Tensor tokens = tiny_batch().tokens;
  const torch::Tensor before = model->read_out(model->states(tokens));
  torch::Tensor changed = tokens.clone();
  changed.select(1, 3).fill_(11);
  const torch::Tensor after = model->read_out(model->states(changed));
  EXPECT_TRUE(torch::equal(before.narrow(1, 0, 3), after.narrow(1, 0, 3)));
  EXPECT_FALSE(torch::allclose(before.select(1, 3), after.select(1, 3)));
}

/// The loss by the definition: every logit, then the asked ones.
double plain_loss(GptModel& model, const FactBatch& batch) {
  const torch::Tensor log_p =
      at::log_softmax(model.read_out(model.states(batch.tokens)), -1);  // [B, T, V]
  double sum = 0;
  std::int64_t asked = 0;
  for (std::int64_t item = 0; item < batch.tokens.size(0); ++item) {
    const auto length = batch.length[item].item<std::int64_t>();
    for (auto place = batch.prompt[item].item<std::int64_t>(); place < length; ++place, ++asked) {
      const auto token = batch.tokens[item][place].item<std::int64_t>();
      sum -= log_p[item][place - 1][model.first_row() + token].item<double>();
    }
  }
  return sum / static_cast<double>(asked);
}

TEST(Gpt, AsksForTheTokensOfTheAnswersAlone) {
  for (const char* vocabulary : {"compact", "padded"}) {
    ModelConfig config = tiny_config();
    config.vocabulary = vocabulary;
    const auto model = tiny_model(config);
    EXPECT_NEAR(model->loss(tiny_batch()).item<double>(), plain_loss(*model, tiny_batch()), 1e-4)
        << vocabulary;
  }
}

TEST(Gpt, GivesTheProbabilityOfTheTruthUnderTeacherForcing) {
  const auto model = tiny_model();
  const FactBatch batch = tiny_batch();
  const auto asked = (batch.length - batch.prompt).sum().item<double>();
  const FactAnswers answers = model->predict(batch);
  EXPECT_NEAR(-answers.log_probability.sum().item<double>() / asked,
              model->loss(batch).item<double>(), 1e-4);
}

TEST(Gpt, DecodesGreedilyFromTheQuestionAlone) {
  const auto model = tiny_model();
  FactBatch batch = tiny_batch();
  const FactAnswers answers = model->decode(batch, kEnd);
  for (std::int64_t item = 0; item < 3; ++item) {
    torch::Tensor tokens = batch.tokens[item].narrow(0, 0, batch.prompt[item].item<std::int64_t>());
    for (std::int64_t place = 0; place < 3; ++place) {
      const torch::Tensor logits = model->read_out(model->states(tokens.unsqueeze(0)))[0][-1];
      const auto best = logits.argmax().item<std::int64_t>();
      ASSERT_EQ(answers.tokens[item][place].item<std::int64_t>(), best);
      if (best == kEnd) break;
      tokens = torch::cat({tokens, torch::tensor({best})});
    }
  }
  torch::Tensor other = batch.tokens.clone();
  other.narrow(1, 3, 3).fill_(2);
  batch.tokens = other;
  batch.prompt.fill_(3);
  const FactAnswers again = model->decode(batch, kEnd);
  EXPECT_TRUE(torch::equal(again.tokens[0], answers.tokens[0]));
}

TEST(Gpt, AnswersRightlyWhereTeacherForcingDoes) {
  const auto model = tiny_model();
  FactBatch batch = tiny_batch();
  // Make the greedy answers the truth: then teacher forcing must give them too.
  const FactAnswers greedy = model->decode(batch, kEnd);
  batch.tokens[0].narrow(0, 3, 3).copy_(greedy.tokens[0]);
  EXPECT_TRUE(torch::equal(model->predict(batch).tokens[0], greedy.tokens[0]));
}

TEST(Gpt, RunsItsBlocksAgainWhereAsked) {
  ModelConfig config = tiny_config();
  config.recurrence = 2;
  const auto twice = tiny_model(config);
  const auto once = tiny_model();
  EXPECT_EQ(twice->layers(), 4);
  const torch::Tensor tokens = tiny_batch().tokens;
  const torch::Tensor middle = once->states(tokens);
  EXPECT_TRUE(
      torch::allclose(twice->states(tokens), once->run_from(0, middle, middle), 1e-4, 1e-4));
}

TEST(Gpt, LetsATapReadAndReplaceStates) {
  const auto model = tiny_model();
  const torch::Tensor tokens = tiny_batch().tokens;
  std::vector<torch::Tensor> seen;
  const torch::Tensor last = model->states(tokens, [&](int layer, const torch::Tensor& x) {
    EXPECT_EQ(layer, static_cast<int>(seen.size()));
    seen.push_back(x);
    return x;
  });
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_TRUE(torch::equal(seen.back(), last));
  EXPECT_TRUE(torch::equal(model->run_from(1, seen[1], seen[0]), last));
  const torch::Tensor zeros =
      model->states(tokens, [](int, const torch::Tensor& x) { return torch::zeros_like(x); });
  EXPECT_TRUE(zeros.eq(0).all().item<bool>());
}

TEST(Gpt, DropsTheSameNumbersForTheSameName) {
  ModelConfig config = tiny_config();
  config.dropout = 0.3;
  const auto model = tiny_model(config);
  const FactBatch batch = tiny_batch();
  const auto still = model->loss(batch).item<double>();
  EXPECT_EQ(model->loss(batch).item<double>(), still);
  model->train();
  const auto loss = [&](std::uint64_t step, int worker) {
    model->name_dropout(1, step, worker);
    return model->loss(batch).item<double>();
  };
  const double first = loss(4, 0);
  EXPECT_NE(first, still);
  EXPECT_EQ(loss(4, 0), first);
  EXPECT_NE(loss(5, 0), first);
  EXPECT_NE(loss(4, 1), first);
}

TEST(Gpt, WithNothingToDropIsTheSameInBothWays) {
  ModelConfig config = tiny_config();
  config.dropout = 1e-12;
  const auto model = tiny_model(config);
  const auto loss = [&] { return model->loss(tiny_batch()).item<double>(); };
  const double whole = loss();
  model->train();
  EXPECT_NEAR(loss(), whole, 1e-5);
}

std::string refusal(const ModelConfig& config, const TaskShape& task) {
  try {
    make_model(config, task, 0);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Gpt, RefusesWhatDoesNotFit) {
  TaskShape grids;
  grids.side = 10;
  grids.study = 12;
  EXPECT_THAT(refusal(tiny_config(), grids), HasSubstr("the data holds grids"));
  ModelConfig config = tiny_config();
  config.vocabulary = "factored";
  EXPECT_THAT(refusal(config, facts_task()), HasSubstr("--model.vocabulary factored"));
  config = tiny_config();
  config.positions = 5;
  EXPECT_THAT(refusal(config, facts_task()), HasSubstr("--model.positions 5"));
  config.name = "fast";
  EXPECT_THAT(refusal(config, facts_task()), HasSubstr("the data holds facts"));
}

}  // namespace
}  // namespace recombine
