// Blocks that are run in turns: what each turn reads, and which are asked for the answer.

#include <algorithm>
#include <cmath>
#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "models/gpt/gpt.h"
#include "tests/models/encoder_decoder/large_weights.h"

namespace recombine {
namespace {

using testing::HasSubstr;
using torch::Tensor;

/// 12 entities, 4 relations and </a> (token 16).
constexpr std::int64_t kEndToken = 16;

ModelConfig turning(int recurrence,
                    const std::string& input = "state",
                    const std::string& loss = "last") {
  ModelConfig config;
  config.name = "gpt";
  config.width = 32;
  config.heads = 2;
  config.feed_forward = 64;
  config.layers = 2;
  config.vocabulary_multiple = 1;
  config.recurrence = recurrence;
  config.turn_input = input;
  config.turn_loss = loss;
  return config;
}

std::shared_ptr<GptModel> turning_model(const ModelConfig& config) {
  TaskShape task;
  task.tokens = 17;
  task.length = 6;
  auto model = std::make_shared<GptModel>(config, task, 3);
  enlarge(*model, 10);
  return model;
}

/// A question of no hop, of one and of two.
FactBatch hops_batch() {
  const auto long_tensor = torch::TensorOptions(torch::kInt64);
  return {torch::tensor({{5L, 5L, kEndToken, kEndToken, kEndToken},
                         {3L, 14L, 9L, kEndToken, kEndToken},
                         {4L, 15L, 12L, 1L, kEndToken}},
                        long_tensor),
          torch::tensor({1L, 2L, 3L}, long_tensor), torch::tensor({3L, 4L, 5L}, long_tensor), 2};
}

/// States [B, T, D] after each turn, by the definition: a model whose blocks are run once, fed
/// again.
std::vector<Tensor> plain_turns(GptModel& once, const Tensor& tokens, const ModelConfig& config) {
  Tensor first;
  once.states(tokens, [&](int layer, const Tensor& x) {
    if (layer == 0) first = x;
    return x;
  });
  const auto table = std::ranges::find(once.weights(), "wte.weight", &Weight::name)->tensor;
  std::vector<Tensor> turns;
  Tensor x = first;
  for (int turn = 0; turn < config.recurrence; ++turn) {
    if (turn > 0 && config.turn_input == "injected") x = x + first;
    if (turn > 0 && config.turn_input == "read-out")
      x = first + torch::matmul(torch::softmax(once.read_out(x), -1), table);
    x = once.run_from(0, x, x);
    turns.push_back(x);
  }
  return turns;
}

/// The mean over asked tokens of the mean over the turns from `first_turn(question's tokens)` on.
Tensor plain_loss_of_turns(GptModel& once,
                           const FactBatch& batch,
                           const ModelConfig& config,
                           const std::function<int(std::int64_t)>& first_turn) {
  Tensor sum = torch::zeros({});
  int asked = 0;
  const auto turns = plain_turns(once, batch.tokens, config);
  for (std::int64_t item = 0; item < batch.tokens.size(0); ++item) {
    const auto prompt = batch.prompt[item].item<std::int64_t>();
    for (auto place = prompt; place < batch.length[item].item<std::int64_t>(); ++place, ++asked) {
      const auto token = batch.tokens[item][place].item<std::int64_t>();
      Tensor of_turns = torch::zeros({});
      const int from = first_turn(prompt);
      for (int turn = from; turn <= config.recurrence; ++turn) {
        const Tensor logits = once.read_out(turns.at(static_cast<std::size_t>(turn - 1)));
        of_turns = of_turns - torch::log_softmax(logits[item][place - 1], -1)[token];
      }
      sum = sum + of_turns / (config.recurrence - from + 1);
    }
  }
  return sum / asked;
}

/// Gradients of all weights in one piece.
Tensor gradient_of(const GptModel& model, const Tensor& loss) {
  for (const Weight& weight : model.weights()) weight.tensor.mutable_grad() = Tensor();
  loss.backward();
  std::vector<Tensor> all;
  for (const Weight& weight : model.weights()) all.push_back(weight.tensor.grad().flatten());
  return torch::cat(all).clone();
}

class TurnInput : public testing::TestWithParam<const char*> {};

TEST_P(TurnInput, IsWhatALoopOverTheBlocksGives) {
  const ModelConfig config = turning(3, GetParam());
  const auto model = turning_model(config);
  const auto once = turning_model(turning(1));
  const Tensor tokens = hops_batch().tokens;
  std::vector<Tensor> seen;
  const Tensor last = model->states(tokens, [&](int, const Tensor& x) {
    seen.push_back(x);
    return x;
  });
  ASSERT_EQ(seen.size(), 7U);
  EXPECT_EQ(last.sizes(), (torch::IntArrayRef{3, 5, 32}));
  const auto turns = plain_turns(*once, tokens, config);
  for (std::size_t turn = 0; turn < turns.size(); ++turn)
    EXPECT_TRUE(torch::allclose(seen[2 * turn + 2], turns[turn], 1e-4, 1e-4)) << turn;
  for (int layer = 0; layer <= model->layers(); ++layer) {
    const Tensor again = model->run_from(layer, seen[static_cast<std::size_t>(layer)], seen[0]);
    EXPECT_TRUE(torch::equal(again, last)) << layer;
  }
}

TEST_P(TurnInput, GivesTheAnswersOfItsLastTurn) {
  const ModelConfig config = turning(3, GetParam());
  const auto model = turning_model(config);
  const auto once = turning_model(turning(1));
  const FactBatch batch = hops_batch();
  const Tensor wanted = plain_loss_of_turns(*once, batch, config, [](std::int64_t) { return 3; });
  EXPECT_NEAR(model->loss(batch).item<double>(), wanted.item<double>(), 1e-4);
  const auto asked = (batch.length - batch.prompt).sum().item<double>();
  const Tensor told = model->predict(batch).log_probability.sum();
  EXPECT_NEAR(-told.item<double>() / asked, wanted.item<double>(), 1e-4);
}

TEST_P(TurnInput, SeesNoLaterToken) {
  const auto model = turning_model(turning(3, GetParam()));
  const Tensor tokens = hops_batch().tokens;
  const Tensor before = model->read_out(model->states(tokens));
  Tensor changed = tokens.clone();
  changed.select(1, 3).fill_(11);
  const Tensor after = model->read_out(model->states(changed));
  EXPECT_TRUE(torch::equal(before.narrow(1, 0, 3), after.narrow(1, 0, 3)));
  EXPECT_FALSE(torch::allclose(before.select(1, 3), after.select(1, 3)));
}

TEST_P(TurnInput, ChangesNothingWhereThereIsOneTurn) {
  const auto plain = turning_model(turning(1));
  const Tensor wanted = plain->loss(hops_batch());
  const Tensor gradient = gradient_of(*plain, wanted);
  for (const char* loss : {"last", "every", "hops"}) {
    const auto model = turning_model(turning(1, GetParam(), loss));
    const Tensor found = model->loss(hops_batch());
    EXPECT_TRUE(torch::equal(found, wanted)) << loss;
    EXPECT_TRUE(torch::equal(gradient_of(*model, found), gradient)) << loss;
  }
}

INSTANTIATE_TEST_SUITE_P(Each, TurnInput, testing::Values("state", "injected", "read-out"));

struct Asked {
  const char* loss;
  std::function<int(std::int64_t)> first_turn;  ///< by tokens of the question
};

std::vector<Asked> asked_turns() {
  return {{"every", [](std::int64_t) { return 1; }},
          {"hops", [](std::int64_t prompt) {
             return static_cast<int>(std::clamp<std::int64_t>(prompt - 1, 1, 3));
           }}};
}

TEST(TurnLoss, IsTheMeanOverTheTurnsThatAreAsked) {
  const FactBatch batch = hops_batch();
  for (const auto& [loss, first_turn] : asked_turns()) {
    for (const char* input : {"state", "injected", "read-out"}) {
      const ModelConfig config = turning(3, input, loss);
      const auto model = turning_model(config);
      const auto once = turning_model(turning(1));
      const Tensor wanted = plain_loss_of_turns(*once, batch, config, first_turn);
      const Tensor found = model->loss(batch);
      EXPECT_NEAR(found.item<double>(), wanted.item<double>(), 1e-4) << loss << input;
      const Tensor gradient = gradient_of(*once, wanted);
      EXPECT_GT(gradient.norm().item<double>(), 0.01);
      EXPECT_TRUE(torch::allclose(gradient_of(*model, found), gradient, 1e-3, 1e-4))
          << loss << input;
    }
  }
}

TEST(TurnLoss, OfHopsAsksALongQuestionInTheLastTurnAtLeast) {
  const FactBatch batch = hops_batch();
  const ModelConfig config = turning(2, "state", "hops");
  FactBatch two = batch;
  two.tokens = batch.tokens.narrow(0, 2, 1);
  two.prompt = batch.prompt.narrow(0, 2, 1);
  two.length = batch.length.narrow(0, 2, 1);
  const auto hops = turning_model(config)->loss(two).item<double>();
  const auto last = turning_model(turning(2))->loss(two).item<double>();
  EXPECT_NEAR(hops, last, 1e-5) << "of two facts, two turns: the last alone";
}

TEST(Turns, GiveTheSameNumbersAgain) {
  const ModelConfig config = turning(3, "read-out", "hops");
  const auto gradient = [&] {
    const auto model = turning_model(config);
    return gradient_of(*model, model->loss(hops_batch()));
  };
  EXPECT_TRUE(torch::equal(gradient(), gradient()));
}

TEST(Turns, ReadOutTokensOfAPaddedTableToo) {
  ModelConfig config = turning(2, "read-out", "every");
  config.vocabulary = "padded";
  const auto model = turning_model(config);
  EXPECT_TRUE(std::isfinite(model->loss(hops_batch()).item<double>()));
}

TEST(Turns, AreNamedAmongTheOptions) {
  ModelConfig config = turning(2, "answers");
  EXPECT_THAT(
      [&] { config.validate(); },
      testing::ThrowsMessage<InputError>(HasSubstr("--model.turn-input answers: must be state")));
  config = turning(2, "state", "first");
  EXPECT_THAT([&] { config.validate(); }, testing::ThrowsMessage<InputError>(
                                              HasSubstr("--model.turn-loss first: must be last")));
}

}  // namespace
}  // namespace recombine
