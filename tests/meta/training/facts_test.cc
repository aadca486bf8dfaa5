// Facts through tensors, batches, answers and scores.

#include <atomic>

#include <gtest/gtest.h>

#include "data/error.h"
#include "data/random.h"
#include "data/storage/set_writer.h"
#include "meta/batches/fact_batches.h"
#include "meta/validation/fact_answers.h"
#include "meta/validation/fact_validation.h"
#include "meta/workers/worker.h"
#include "tests/data/temporary_folder.h"
#include "tests/meta/fact_fixtures.h"
#include "tests/models/encoder_decoder/large_weights.h"

namespace recombine {
namespace {

FactItem item_of(std::vector<Token> tokens, int prompt) {
  FactItem item;
  item.tokens = std::move(tokens);
  item.prompt = prompt;
  item.id = kWorld.id(item.question());
  return item;
}

/// Single facts and two-hop facts with their bridges; the head decides the rest.
std::vector<FactItem> some_items(int count) {
  std::vector<FactItem> items;
  for (int i = 0; i < count; ++i) {
    const auto head = static_cast<Token>(i % 12);
    const Token first = kWorld.relation(i / 12 % 4);
    const Token second = kWorld.relation((i / 12 + 1) % 4);
    if (i % 3 == 0) {
      items.push_back(item_of({head, first, (head + 1) % 12, kWorld.end()}, 2));
    } else {
      items.push_back(
          item_of({head, first, second, (head + 2) % 12, (head + 5) % 12, kWorld.end()}, 3));
    }
  }
  return items;
}

FactTensors some_facts(int count = 24) { return pack_facts(some_items(count), kWorld); }

std::shared_ptr<Model> small_gpt_model() { return make_model(small_gpt(), small_world_task(), 5); }

TEST(FactTensors, HoldsItemsOfUnequalLength) {
  const FactTensors facts = some_facts();
  EXPECT_EQ(facts.longest(), 6);
  EXPECT_EQ(facts.answer, 3);
  const FactBatch batch = facts.batch(torch::tensor({1L, 0L}));
  EXPECT_EQ(batch.length[0].item<std::int64_t>(), 6);
  EXPECT_EQ(batch.prompt[1].item<std::int64_t>(), 2);
  EXPECT_EQ(batch.tokens[1][3].item<std::int64_t>(), static_cast<std::int64_t>(kWorld.end()));
}

TEST(FactTensors, IsLoadedFromASet) {
  const TemporaryFolder folder;
  SetWriter writer(folder / "set", "facts", to_json(kWorld));
  for (const FactItem& item : some_items(10)) writer.add(encode_fact(item));
  writer.finish({{"family", "facts"}});
  const FactSet set(folder / "set");
  EXPECT_EQ(load_facts(set, 0).size(), 10);
  EXPECT_EQ(load_facts(set, 4).size(), 4);
  EXPECT_TRUE(load_facts(set, 0).tokens.equal(some_facts(10).tokens));
}

/// Gradient of a step of `batch` items over `workers` slices cut into micro-batches.
torch::Tensor step_gradient(int workers, int micro_batch) {
  TrainConfig config;
  config.batch = 10;
  config.workers = workers;
  config.micro_batch = micro_batch;
  const auto batches = make_fact_batches(some_facts(), 3);
  Replicas replicas(small_gpt_model, workers, torch::kCPU);
  for (int worker = 0; worker < workers; ++worker) {
    Worker own(*batches, config, replicas, worker, 0);
    own.run();
  }
  replicas.sum_gradients();
  std::vector<torch::Tensor> all;
  for (const Weight& weight : replicas.master().weights())
    all.push_back(weight.tensor.grad().flatten());
  return torch::cat(all).clone();
}

TEST(FactBatches, GivesTheGradientOfTheWholeStepForAnySlices) {
  const torch::Tensor whole = step_gradient(1, 0);
  EXPECT_GT(whole.norm().item<double>(), 0.01);
  for (const auto& [workers, micro] : {std::pair{1, 3}, std::pair{2, 0}, std::pair{3, 2}}) {
    EXPECT_TRUE(torch::allclose(step_gradient(workers, micro), whole, 1e-4, 1e-6))
        << workers << " workers, micro-batches of " << micro;
  }
}

TEST(FactValidation, TellsItsWatchOfBothPasses) {
  WorkerThreads workers(2);
  Replicas replicas(small_gpt_model, 2, torch::kCPU);
  const auto set = make_fact_validation("val_id", some_facts(24));
  std::atomic<std::int64_t> heard = 0;
  set->validate(workers, replicas, [&](std::int64_t items) { heard += items; });
  EXPECT_EQ(heard, 2 * 24);
  for (const std::int64_t limit : {0, 24}) {
    heard = 0;
    const AnswerWatch stop = [&](std::int64_t items) {
      if ((heard += items) > limit) throw Interrupted("enough");
    };
    EXPECT_THROW(set->validate(workers, replicas, stop), Interrupted);
  }
}

/// Facts whose truth is what the model answers greedily, and some that are not.
FactTensors facts_that_model_knows(WorkerThreads& workers, Replicas& replicas, FactTensors facts) {
  const FactAnswers greedy = answer_facts(workers, replicas, facts, Decoding::kGreedy);
  for (std::int64_t row = 0; row < facts.size(); row += 2) {
    const auto prompt = facts.prompt[row].item<std::int64_t>();
    const auto count = facts.length[row].item<std::int64_t>() - prompt;
    facts.tokens[row].narrow(0, prompt, count).copy_(greedy.tokens[row].narrow(0, 0, count));
  }
  return facts;
}

TEST(FactAnswers, AreExactGreedilyWhereTheyAreUnderTeacherForcing) {
  WorkerThreads workers(2);
  Replicas replicas(small_gpt_model, 2, torch::kCPU);
  enlarge(replicas.master(), 10);
  const FactTensors facts = facts_that_model_knows(workers, replicas, some_facts(60));
  const FactAnswers forced = answer_facts(workers, replicas, facts, Decoding::kForced);
  const FactAnswers greedy = answer_facts(workers, replicas, facts, Decoding::kGreedy);
  int right = 0;
  for (std::int64_t row = 0; row < facts.size(); ++row) {
    const auto prompt = facts.prompt[row].item<std::int64_t>();
    const auto count = facts.length[row].item<std::int64_t>() - prompt;
    const torch::Tensor truth = facts.tokens[row].narrow(0, prompt, count).to(torch::kInt64);
    const bool by_force = forced.tokens[row].narrow(0, 0, count).equal(truth);
    EXPECT_EQ(greedy.tokens[row].narrow(0, 0, count).equal(truth), by_force) << row;
    right += by_force ? 1 : 0;
  }
  EXPECT_GE(right, 30);
}

TEST(FactScores, TellBridgeAndAnswerApart) {
  const FactTensors facts = pack_facts(
      {
          item_of({0, kWorld.relation(0), kWorld.relation(1), 3, 4, kWorld.end()}, 3),
          item_of({1, kWorld.relation(0), kWorld.relation(1), 5, 6, kWorld.end()}, 3),
          item_of({2, kWorld.relation(0), 7, kWorld.end()}, 2),
      },
      kWorld);
  const auto end = static_cast<std::int64_t>(kWorld.end());
  const FactAnswers forced{torch::tensor({{3L, 9L, end}, {8L, 6L, end}, {7L, end, 0L}}),
                           torch::tensor({-3.0F, -2.0F, -1.0F})};
  const FactAnswers greedy{torch::tensor({{3L, 9L, end}, {8L, 9L, end}, {7L, end, 0L}}),
                           torch::zeros({3})};
  const Scores scores = score_facts(facts, forced, greedy);
  const Scores wanted = {{"exact", 1.0 / 3},  {"bridge", 0.5},
                         {"answer", 1.0 / 3}, {"answer_given_bridge", 2.0 / 3},
                         {"loss", 6.0 / 8},   {"items", 3}};
  ASSERT_EQ(scores.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_EQ(scores[i].first, wanted[i].first);
    EXPECT_NEAR(scores[i].second, wanted[i].second, 1e-9) << wanted[i].first;
  }
}

TEST(FactScores, HaveNoBridgeWhereAnswersHaveNone) {
  const FactTensors facts =
      pack_facts({item_of({2, kWorld.relation(0), 7, kWorld.end()}, 2)}, kWorld);
  const FactAnswers answers{torch::tensor({{7L, static_cast<std::int64_t>(kWorld.end())}}),
                            torch::zeros({1})};
  for (const auto& [name, value] : score_facts(facts, answers, answers)) EXPECT_NE(name, "bridge");
}

TEST(DecomposedAnswers, AreThoseOfTheTwoHopQuestions) {
  WorkerThreads workers(1);
  Replicas replicas([] { return make_model(small_gpt(1), small_world_task(8), 5); }, 1,
                    torch::kCPU);
  const Token r = kWorld.relation(0);
  const FactTensors three =
      pack_facts({item_of({0, r, r + 1, r + 2, 3, 4, 5, kWorld.end()}, 4)}, kWorld);
  const FactTensors first = pack_facts({item_of({0, r, r + 1, 3, 4, kWorld.end()}, 3)}, kWorld);
  const FactTensors second =
      pack_facts({item_of({3, r + 1, r + 2, 4, 5, kWorld.end()}, 3)}, kWorld);
  const auto forced = [&](const FactTensors& facts) {
    return answer_facts(workers, replicas, facts, Decoding::kForced).tokens[0];
  };
  const torch::Tensor answers = answer_decomposed(workers, replicas, three).tokens[0];
  EXPECT_TRUE(answers.narrow(0, 0, 2).equal(forced(first).narrow(0, 0, 2)));
  EXPECT_TRUE(answers[2].equal(forced(second)[1]));
  EXPECT_EQ(answers[3].item<std::int64_t>(), static_cast<std::int64_t>(kWorld.end()));
  EXPECT_THROW(answer_decomposed(workers, replicas, first), InputError);
}

TEST(AnswerText, EndsWithTheEndToken) {
  const auto end = static_cast<std::int64_t>(kWorld.end());
  const FactAnswers answers{torch::tensor({{3L, end, 7L}, {1L, 2L, 3L}}), torch::zeros({2})};
  EXPECT_EQ(answer_text(answers, kWorld, 0), "<e_3></a>");
  EXPECT_EQ(answer_text(answers, kWorld, 1), "<e_1><e_2><e_3>");
  EXPECT_EQ(forced_text(answers, kWorld, 0, 3), "<e_3></a><e_7>");
  EXPECT_EQ(forced_text(answers, kWorld, 1, 2), "<e_1><e_2>");
}

}  // namespace
}  // namespace recombine
