#include "meta/workers/replicas.h"

#include <gtest/gtest.h>

#include "data/error.h"
#include "meta/validation/fact_answers.h"
#include "meta/validation/grid_answers.h"
#include "tests/meta/fact_fixtures.h"
#include "tests/meta/fixtures.h"

namespace recombine {
namespace {

void interrupt(std::int64_t /*items*/) { throw DataError("interrupted"); }

TEST(AnsweringScope, EndsWhereAnswersAreInterrupted) {
  WorkerThreads workers(1);
  const EpisodeTensors episodes = pack_episodes(small_episodes(2));
  ModelConfig model;
  model.width = 16;
  model.heads = 2;
  model.feed_forward = 32;
  model.layers = 1;
  model.patch = 3;
  const TaskShape grids{episodes.shape.side, episodes.shape.study, 0, 0};
  Replicas fast([&] { return make_model(model, grids, 1); }, 1, torch::kCPU);
  const auto watched = answering(Decoding::kForced);
  EXPECT_THROW(answer_episodes(workers, fast, episodes, watched, interrupt), DataError);
  EXPECT_TRUE(fast.master().is_training());

  FactItem item;
  item.tokens = {0, kWorld.relation(0), kWorld.relation(1), 3, 4, kWorld.end()};
  item.prompt = 3;
  const FactTensors facts = pack_facts({item}, kWorld);
  Replicas gpt([&] { return make_model(small_gpt(), small_world_task(), 1); }, 1, torch::kCPU);
  EXPECT_THROW(answer_facts(workers, gpt, facts, Decoding::kForced, interrupt), DataError);
  EXPECT_TRUE(gpt.master().is_training());
}

}  // namespace
}  // namespace recombine
