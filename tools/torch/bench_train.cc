// bench train: training episodes a second of the grid models, side by side.

#include <algorithm>
#include <functional>

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include "meta/batch_rules.h"
#include "meta/fresh_episodes.h"
#include "models/cost.h"
#include "models/device.h"
#include "models/optimiser.h"
#include "tools/torch/bench.h"

namespace recombine {
namespace {

constexpr std::uint64_t kSeed = 1860;
constexpr double kSeconds = 2;  ///< CPU time of a figure at least, after one pass to warm up

struct Case {
  std::string name;
  ModelConfig model;
  int together;  ///< episodes in memory at a time: what is fastest on one core
  Names asked = {"plain", "copy"};
};

std::vector<Case> cases() {
  ModelConfig published;
  published.heads = 8;
  const auto with = [&](const char* name, const char* vocabulary) {
    ModelConfig model = published;
    model.name = name;
    model.vocabulary = vocabulary;
    return model;
  };
  ModelConfig executor;
  executor.name = "executor";
  executor.width = 64;
  executor.feed_forward = 256;
  executor.layers = 2;
  return {{"reference", with("reference", "full"), 1},
          {"shared-full", with("shared", "full"), 2},
          {"shared", with("shared", "compact"), 2},
          {"fast", ModelConfig{}, 2},
          {"fast-as-configured", ModelConfig{}, 2, {"plain", "aux"}},
          {"executor", executor, 4}};
}

/// Episodes of the published sizes: 12 study pairs, 10 queries, and with them what `asked` names.
GridBatch published_batch(int episodes, const Names& asked) {
  const FreshEpisodes source(GridConfig{}, SplitConfig{}, kSeed, FreshUse::kTrain);
  std::vector<Episode> made;
  std::vector<std::int64_t> rows;
  for (int i = 0; i < episodes; ++i) {
    made.push_back(source.make(static_cast<std::uint64_t>(i)));
    rows.push_back(i);
  }
  TrainConfig config;
  config.queries_mix = asked;
  return make_batch(pack_episodes(made), rows, 0, batch_rules(config));
}

GridBatch piece(const GridBatch& batch, std::int64_t first, std::int64_t count) {
  return {batch.study.narrow(0, first, count), batch.query_inputs.narrow(0, first, count),
          batch.query_outputs.narrow(0, first, count), batch.study_roles, batch.kinds};
}

/// CPU seconds of one update from a batch.
struct Seconds {
  double forward = 0;
  double backward = 0;
  double update = 0;

  double all() const { return forward + backward + update; }
};

double timed(const std::function<void()>& work) {
  const double begin = cpu_seconds();
  work();
  return cpu_seconds() - begin;
}

void train_once(
    Model& model, Optimiser& optimiser, const GridBatch& batch, int together, Seconds& sum) {
  model.zero_grad();
  const std::int64_t episodes = batch.study.size(0);
  for (std::int64_t first = 0; first < episodes; first += together) {
    const Batch share{piece(batch, first, std::min<std::int64_t>(together, episodes - first)),
                      torch::ones({})};
    torch::Tensor loss;
    sum.forward += timed([&] { loss = model.loss_of(share); });
    sum.backward += timed([&] { loss.backward(); });
  }
  sum.update += timed([&] { optimiser.step(1); });
}

Seconds measure(const Case& one, const TaskShape& task, const GridBatch& batch) {
  const auto model = make_model(one.model, task, kSeed);
  const auto optimiser = make_optimiser(*model, OptimiserConfig{});
  Seconds ignored;
  train_once(*model, *optimiser, piece(batch, 0, 1), 1, ignored);
  Seconds sum;
  int updates = 0;
  while (sum.all() < kSeconds) {
    train_once(*model, *optimiser, batch, one.together, sum);
    ++updates;
  }
  return {sum.forward / updates, sum.backward / updates, sum.update / updates};
}

/// GFLOP a CPU-second of a large product in float32.
double product_rate() {
  constexpr int kSide = 1024;
  const torch::Tensor a = torch::randn({kSide, kSide});
  at::mm(a, a);
  const double products = rate_per_cpu_second(1, [&](std::uint64_t) { at::mm(a, a); });
  return products * 2e-9 * kSide * kSide * kSide;
}

/// Rates of one model, the achieved arithmetic last; ratios are not known yet.
std::vector<Measurement> figures_of(const Case& one, int episodes) {
  const GridBatch batch = published_batch(episodes, one.asked);
  const TaskShape task{static_cast<int>(batch.study.size(-1)),
                       static_cast<int>(batch.study.size(1)), 0, 0};
  const Seconds seconds = measure(one, task, batch);
  const double work =
      1e-9 * training_flops(one.model, task, batch.study_roles, batch.kinds) * episodes;
  const std::string name = "train/" + one.name;
  const std::string unit = "episodes per CPU-second";
  return {{name, episodes / seconds.all(), unit, "", 1},
          {name + "/forward", episodes / seconds.forward, unit, "", 1},
          {name + "/backward", episodes / seconds.backward, unit, "", 1},
          {name + "/update", 1 / seconds.update, "updates per CPU-second", "", 1},
          {name + "/achieved", work / (seconds.forward + seconds.backward), "GFLOP per CPU-second",
           "", 1}};
}

void compare(Measurement& one, const Measurement& base) {
  one.base = base.name;
  one.ratio = one.value / base.value;
}

}  // namespace

std::vector<Measurement> bench_train(const BenchOptions& options) {
  at::set_num_threads(1);
  tune_allocator();
  const Measurement product{"train/sgemm", product_rate(), "GFLOP per CPU-second", "", 1};
  std::vector<Measurement> rows = {product};
  std::vector<Measurement> reference;
  for (const Case& one : cases()) {
    std::vector<Measurement> figures = figures_of(one, options.episodes);
    if (reference.empty()) reference = figures;
    for (std::size_t i = 0; i + 1 < figures.size(); ++i) {
      if (one.name != "reference") compare(figures[i], reference[i]);
    }
    compare(figures.back(), product);
    rows.insert(rows.end(), figures.begin(), figures.end());
  }
  return rows;
}

}  // namespace recombine
