// A decoder whose blocks are run in turns, trained on a world without a chain of thought.

#include <gtest/gtest.h>

#include "data/error.h"
#include "generator/facts/write.h"
#include "meta/run/open_run.h"
#include "tests/meta/training/training_fixtures.h"

namespace recombine {
namespace {

FactConfig looped_world() {
  FactConfig config;
  config.entities = 20;
  config.relations = 8;
  config.degree = 4;
  config.lambda = 1;
  config.cot = false;
  config.identity = "entities";
  return config;
}

ModelConfig looped_model() {
  ModelConfig model = small_model();
  model.name = "gpt";
  model.recurrence = 2;
  model.turn_input = "read-out";
  model.turn_loss = "hops";
  return model;
}

TrainConfig looped_training() {
  TrainConfig config = small_training();
  config.episodes = "stored";
  config.queries_mix = {"plain"};
  config.batch = 16;
  config.lr = 0.01;
  return config;
}

class LoopedRun : public TrainRun {
 protected:
  LoopedRun() { write_world(worlds_ / "w", looped_world(), false, true); }

  RunData data(const TrainConfig& config) const {
    return open_fact_run(worlds_ / "w", config, torch::kCPU);
  }
  TrainRequest request(const std::string& name, const TrainConfig& config) const {
    TrainRequest request = request_in(name, config);
    request.model = looped_model();
    return request;
  }

 private:
  TemporaryFolder worlds_;
};

TEST_F(LoopedRun, GoesOnAsIfNobodyHadInterruptedIt) {
  const TrainConfig config = looped_training();
  const TrainRequest whole = request("whole", config);
  train_run(whole, data(config));
  const TrainRequest broken = request("broken", config);
  RunData stopped = data(config);
  stopped.batches =
      std::make_unique<WatchedBatches>(std::move(stopped.batches), [](std::uint64_t first) {
        if (first >= 13 * 16) throw Interrupted("as by a signal");
      });
  EXPECT_THROW(train_run(broken, stopped), Interrupted);
  EXPECT_EQ(train_run(broken, data(config)).step, 20U);
  EXPECT_EQ(newest_checkpoint(broken.folder), newest_checkpoint(whole.folder));
  EXPECT_EQ(rows_of(broken.folder), rows_of(whole.folder));
}

TEST_F(LoopedRun, LearnsTheSameForAnyMicroBatches) {
  TrainConfig config = looped_training();
  const TrainRequest whole = request("whole", config);
  train_run(whole, data(config));
  config.micro_batch = 3;
  const TrainRequest parts = request("parts", config);
  train_run(parts, data(config));
  const auto loss = [](const TrainRequest& of) { return rows_of(of.folder).back().at("loss"); };
  EXPECT_NEAR(loss(parts).get<double>(), loss(whole).get<double>(), 1e-3);
}

}  // namespace
}  // namespace recombine
