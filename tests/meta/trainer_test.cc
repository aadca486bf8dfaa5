#include "meta/trainer.h"

#include <map>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/file.h"
#include "data/text.h"
#include "tests/data/temporary_folder.h"
#include "tests/meta/fixtures.h"

namespace recombine {
namespace {

TrainConfig small_training() {
  TrainConfig config;
  config.steps = 20;
  config.batch = 6;
  config.workers = 2;
  config.queries_mix = {"plain", "aux"};
  config.warmup = 5;
  config.log_every = 2;
  config.validate_every = 10;
  config.checkpoint_every = 4;
  config.validate_items = 10;
  return config;
}

ModelConfig small_model() {
  ModelConfig model;
  model.width = 16;
  model.heads = 2;
  model.feed_forward = 32;
  model.layers = 1;
  model.patch = 3;
  return model;
}

RunData fresh_data(const TrainConfig& config) {
  return open_run_data({"fresh", small_grids(), small_split()}, config, torch::kCPU);
}

class TrainRun : public testing::Test {
 protected:
  TrainRequest request_in(const std::string& name, const TrainConfig& config) const {
    std::filesystem::create_directories(folder_ / name);
    return {RunFolder(folder_ / name), config, small_model(), torch::kCPU, true};
  }

 private:
  TemporaryFolder folder_;
};

/// Fails at an episode, as a machine that is switched off would: nothing is saved any more.
class DyingLearner : public Learner {
 public:
  DyingLearner(std::unique_ptr<Learner> learner, std::uint64_t last)
      : learner_(std::move(learner)), last_(last) {}
  Batch batch(const ItemRange& share, const ItemRange& step) const override {
    if (share.first >= last_) throw DataError("switched off");
    return learner_->batch(share, step);
  }
  std::uint64_t epoch_items() const override { return learner_->epoch_items(); }

 private:
  std::unique_ptr<Learner> learner_;
  std::uint64_t last_;
};

/// Name and bytes of every file of the newest checkpoint.
std::map<std::string, std::string> newest_checkpoint(const RunFolder& run) {
  std::map<std::string, std::string> files;
  const auto folder = run.checkpoint(run.steps().back());
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    files[entry.path().filename().string()] = read_file(entry.path());
  }
  return files;
}

/// metrics.jsonl without what a clock says.
std::vector<Json> rows_of(const RunFolder& run) {
  std::vector<Json> rows;
  for (const std::string& line : split_text(read_file(run.metrics()), '\n')) {
    rows.push_back(Json::parse(line));
    rows.back().erase("seconds");
  }
  return rows;
}

TEST_F(TrainRun, GoesOnAfterADeathAsIfNothingHadHappened) {
  const TrainConfig config = small_training();
  const TrainRequest whole = request_in("whole", config);
  train_run(whole, fresh_data(config));

  const TrainRequest broken = request_in("broken", config);
  RunData dying = fresh_data(config);
  dying.learner = std::make_unique<DyingLearner>(std::move(dying.learner), 15 * 6);
  EXPECT_THROW(train_run(broken, dying), DataError);
  EXPECT_EQ(broken.folder.steps().back(), 12U);
  train_run(broken, fresh_data(config));

  EXPECT_EQ(newest_checkpoint(broken.folder), newest_checkpoint(whole.folder));
  EXPECT_EQ(rows_of(broken.folder), rows_of(whole.folder));
  EXPECT_EQ(newest_checkpoint(whole.folder).size(), 3U);
}

TEST_F(TrainRun, LeavesTheFolderThatTheContractDescribes) {
  const TrainConfig config = small_training();
  const TrainRequest request = request_in("run", config);
  const RunState state = train_run(request, fresh_data(config));
  EXPECT_EQ(state.step, 20U);
  const Json info = request.folder.read_info();
  EXPECT_EQ(info.at("status"), "finished");
  EXPECT_EQ(info.at("step"), 20);
  EXPECT_GT(info.at("parameters").get<int>(), 1000);
  EXPECT_EQ(info.at("best").at("by"), "val_id");
  EXPECT_GT(info.at("wall_seconds").get<double>(), 0);
  const std::vector<Json> rows = rows_of(request.folder);
  ASSERT_EQ(rows.size(), 10U);
  EXPECT_EQ(rows.back().at("step"), 20);
  EXPECT_EQ(rows.back().at("episodes"), 120);
  EXPECT_EQ(rows.back().at("validation").at("val_ood").at("queries"), 30);
  EXPECT_FALSE(rows.front().contains("validation"));
  int event_files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(request.folder.path())) {
    event_files += entry.path().filename().string().rfind("events.out.tfevents.", 0) == 0 ? 1 : 0;
  }
  EXPECT_EQ(event_files, 1);
}

TEST_F(TrainRun, KeepsTheNewestTwoCheckpointsAndTheBest) {
  const TrainConfig config = small_training();
  const TrainRequest request = request_in("run", config);
  const RunState state = train_run(request, fresh_data(config));
  ASSERT_TRUE(state.best.has_value());
  std::vector<std::uint64_t> kept = {16, 20};
  if (state.best->step == 10) kept.insert(kept.begin(), 10);
  EXPECT_EQ(request.folder.steps(), kept);
  EXPECT_EQ(request.folder.find("best"), state.best->step);
}

TEST_F(TrainRun, LearnsTheSameFromMicroBatches) {
  TrainConfig config = small_training();
  config.steps = 1;
  config.log_every = 1;
  const TrainRequest whole = request_in("batch", config);
  train_run(whole, fresh_data(config));
  config.micro_batch = 1;
  const TrainRequest pieces = request_in("micro", config);
  train_run(pieces, fresh_data(config));
  const double loss = rows_of(whole.folder).back().at("loss").get<double>();
  EXPECT_NEAR(rows_of(pieces.folder).back().at("loss").get<double>(), loss, 0.02 * loss);
}

TEST_F(TrainRun, LowersTheLoss) {
  TrainConfig config = small_training();
  config.steps = 120;
  config.validate_every = 0;
  config.checkpoint_every = 0;
  config.log_every = 20;
  const TrainRequest request = request_in("run", config);
  train_run(request, fresh_data(config));
  const std::vector<Json> rows = rows_of(request.folder);
  EXPECT_LT(rows.back().at("loss").get<double>(), 0.8 * rows.front().at("loss").get<double>());
}

TEST_F(TrainRun, StopsWhereTheLossIsNoNumber) {
  TrainConfig config = small_training();
  config.optimizer = "adamw";
  config.lr = 1e30;
  config.clip = 0;
  config.warmup = 0;
  const TrainRequest request = request_in("run", config);
  try {
    train_run(request, fresh_data(config));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("the loss is not a number; lower --lr"),
              std::string::npos);
  }
}

}  // namespace
}  // namespace recombine
