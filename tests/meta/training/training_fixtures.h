#pragma once
// Small runs for the tests of training, and what is left of them.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "data/text.h"
#include "meta/training/trainer.h"
#include "tests/data/temporary_folder.h"
#include "tests/meta/fixtures.h"

namespace recombine {

inline TrainConfig small_training() {
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

inline ModelConfig small_model() {
  ModelConfig model;
  model.width = 16;
  model.heads = 2;
  model.feed_forward = 32;
  model.layers = 1;
  model.patch = 3;
  return model;
}

inline RunData fresh_data(const TrainConfig& config) {
  return open_run(FreshRecipe{small_grids(), small_split()}, small_model(), config, torch::kCPU);
}

/// Says of each slice which episode is its first, on the thread that asks for it.
class WatchedBatches : public BatchSource {
 public:
  using Watch = std::function<void(std::uint64_t first)>;

  WatchedBatches(std::unique_ptr<BatchSource> batches, Watch watch)
      : batches_(std::move(batches)), watch_(std::move(watch)) {}
  Batch batch(const ItemRange& slice, const ItemRange& step) const override {
    watch_(slice.first);
    return batches_->batch(slice, step);
  }
  std::uint64_t epoch_items() const override { return batches_->epoch_items(); }

 private:
  std::unique_ptr<BatchSource> batches_;
  Watch watch_;
};

inline RunData watched_data(const TrainConfig& config, WatchedBatches::Watch watch) {
  RunData data = fresh_data(config);
  data.batches = std::make_unique<WatchedBatches>(std::move(data.batches), std::move(watch));
  return data;
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

/// Name and bytes of every file of the newest checkpoint.
inline std::map<std::string, std::string> newest_checkpoint(const RunFolder& run) {
  std::map<std::string, std::string> files;
  const auto folder = run.checkpoint(run.steps().back());
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    files[entry.path().filename().string()] = read_file(entry.path());
  }
  return files;
}

/// metrics.jsonl without what a clock says.
inline std::vector<Json> rows_of(const RunFolder& run) {
  std::vector<Json> rows;
  for (const std::string& line : split_text(read_file(run.metrics()), '\n')) {
    rows.push_back(Json::parse(line));
    rows.back().erase("seconds");
  }
  return rows;
}

}  // namespace recombine
