#include "meta/training/trainer.h"

#include "data/error.h"
#include "models/checkpoint.h"
#include "tests/data/contract_keys.h"
#include "tests/meta/training/training_fixtures.h"

namespace recombine {
namespace {

TEST_F(TrainRun, GoesOnAfterADeathAsIfNothingHadHappened) {
  const TrainConfig config = small_training();
  const TrainRequest whole = request_in("whole", config);
  train_run(whole, fresh_data(config));

  const TrainRequest broken = request_in("broken", config);
  // As a machine that is switched off: nothing is saved any more.
  const RunData dying = watched_data(config, [](std::uint64_t first) {
    if (first >= 15 * 6) throw DataError("switched off");
  });
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
  expect_keys(info, {"/tool/version", "/tool/git", "/tool/build", "/device", "/device_seconds",
                     "/data/digest", "/steps_to_reach"});
  const std::vector<Json> rows = rows_of(request.folder);
  ASSERT_EQ(rows.size(), 10U);
  EXPECT_EQ(rows.back().at("step"), 20);
  EXPECT_EQ(rows.back().at("episodes"), 120);
  EXPECT_EQ(rows.back().at("validation").at("val_ood").at("queries"), 30);
  EXPECT_FALSE(rows.front().contains("validation"));
  const std::string metrics = read_file(request.folder.metrics());
  for (const std::string& line : split_text(metrics, '\n')) {
    expect_keys(parse_json(line), {"/step", "/episodes", "/seconds", "/loss", "/lr"});
  }
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

/// All weights, one after the other.
torch::Tensor weights_of(const Model& model) {
  std::vector<torch::Tensor> all;
  for (const Weight& weight : model.weights()) all.push_back(weight.tensor.detach().flatten());
  return torch::cat(all);
}

TEST_F(TrainRun, LearnsTheSameFromMicroBatches) {
  TrainConfig config = small_training();
  config.steps = 1;
  config.log_every = 1;
  // An update that is about the gradient, its size and all.
  config.optimizer = "adamw";
  config.lr = 0.1;
  config.eps = 0.1;
  config.clip = 0;
  const TrainRequest whole = request_in("batch", config);
  train_run(whole, fresh_data(config));
  config.micro_batch = 1;
  const TrainRequest pieces = request_in("micro", config);
  train_run(pieces, fresh_data(config));
  const double loss = rows_of(whole.folder).back().at("loss").get<double>();
  EXPECT_NEAR(rows_of(pieces.folder).back().at("loss").get<double>(), loss, 1e-6 * loss);
  const auto model = make_model(small_model(), fresh_data(config).task, config.seed);
  const torch::Tensor before = weights_of(*model);
  load_checkpoint(whole.folder.checkpoint(1), *model, nullptr);
  const torch::Tensor after = weights_of(*model);
  load_checkpoint(pieces.folder.checkpoint(1), *model, nullptr);
  const auto moved = (after - before).norm().item<double>();
  EXPECT_GT(moved, 1e-3);
  EXPECT_LT((weights_of(*model) - after).norm().item<double>(), 1e-3 * moved);
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

TEST_F(TrainRun, SavesNoWeightsThatAreNoNumbers) {
  TrainConfig config = small_training();
  config.optimizer = "adamw";
  config.warmup = 0;
  config.lr = 1e39;  // more than a weight can be, after a loss that is a number
  config.log_every = 1;
  config.checkpoint_every = 1;
  const TrainRequest request = request_in("run", config);
  const std::string message =
      message_of<InputError>([&] { train_run(request, fresh_data(config)); });
  EXPECT_EQ(message.find("step 1: the weight "), 0U) << message;
  EXPECT_NE(message.find(" is not a number; lower --lr"), std::string::npos) << message;
  EXPECT_TRUE(request.folder.steps().empty());
}

TEST_F(TrainRun, RemovesACheckpointOnlyOnceRunJsonNamesAnother) {
  TrainConfig config = small_training();
  config.validate_every = 0;
  config.keep_checkpoints = 1;
  const TrainRequest request = request_in("run", config);
  const std::filesystem::path info = request.folder.info();
  const RunData data = watched_data(config, [&](std::uint64_t first) {
    if (first != 4 * 6) return;
    std::filesystem::remove(info);
    std::filesystem::create_directory(info);  // so that it cannot be written
  });
  EXPECT_THROW(train_run(request, data), DataError);
  EXPECT_EQ(request.folder.steps(), (std::vector<std::uint64_t>{4, 8}));
}

}  // namespace
}  // namespace recombine
