// bench train: training episodes a second of the grid models, side by side.

#include <algorithm>
#include <chrono>
#include <functional>

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include "data/error.h"
#include "meta/batch_rules.h"
#include "meta/fresh_episodes.h"
#include "meta/replicas.h"
#include "models/cost.h"
#include "models/device.h"
#include "models/optimiser.h"
#include "models/precision.h"
#include "tools/torch/bench.h"

namespace recombine {
namespace {

constexpr std::uint64_t kSeed = 1860;
// Of a figure at least, after one pass to warm up; a GPU's clock is no one else's.
constexpr double kCpuSeconds = 2;
constexpr double kGpuSeconds = 0.5;

constexpr std::size_t kCompared = 4;  ///< figures of a model that have the reference as a base

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

/// Where figures are taken, and in what numbers.
struct Machine {
  torch::Device device = torch::kCPU;
  Precision precision = Precision::kFloat32;

  /// CPU time of this process, or the time when the GPU has done what was asked of it.
  double seconds() const {
    if (device.is_cpu()) return cpu_seconds();
    torch::cuda::synchronize();
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
  }
  double enough() const { return device.is_cpu() ? kCpuSeconds : kGpuSeconds; }
  double timed(const std::function<void()>& work) const {
    const double begin = seconds();
    work();
    return seconds() - begin;
  }
  std::string per_second(const std::string& what) const {
    return what + (device.is_cpu() ? " per CPU-second" : " per GPU-second");
  }
};

/// Seconds of one update from a batch. `all` is their sum on a CPU; on a GPU, that of the recorded
/// step, which has no gaps between them, and `memory` what that held of the GPU, in GiB.
struct Costs {
  double forward = 0;
  double backward = 0;
  double update = 0;
  double all = 0;
  double memory = 0;
};

/// A model that learns from one batch over and over.
class Training {
 public:
  Training(const Case& one, const TaskShape& task, const GridBatch& batch, const Machine& machine)
      : machine_(machine),
        replicas_([&] { return make_model(one.model, task, kSeed); }, 1, machine.device),
        optimiser_(make_optimiser(replicas_.master(), OptimiserConfig{})),
        rate_scale_(torch::ones({}, torch::TensorOptions().device(machine.device))),
        runner_(make_step_runner(machine.device)) {
    const std::int64_t episodes = batch.study.size(0);
    const std::int64_t together = machine.device.is_cpu() ? one.together : episodes;
    for (std::int64_t first = 0; first < episodes; first += together) {
      GridBatch share = piece(batch, first, std::min(together, episodes - first));
      for (torch::Tensor* tensor : {&share.study, &share.query_inputs, &share.query_outputs})
        *tensor = tensor->to(machine.device);
      shares_.push_back(Batch{share, torch::ones({}, rate_scale_.options())});
    }
  }

  /// Adds what an update takes.
  void update(Costs& sum) {
    replicas_.zero_gradients(0);
    for (const Batch& share : shares_) {
      torch::Tensor loss;
      sum.forward += machine_.timed([&] { loss = forward(share); });
      sum.backward += machine_.timed([&] { loss.backward(); });
    }
    sum.update += machine_.timed([&] { optimiser_->step(1); });
    sum.all = sum.forward + sum.backward + sum.update;
  }

  /// An update as a GPU's training makes it.
  void recorded_update() {
    runner_->run([&] {
      replicas_.zero_gradients(0);
      for (const Batch& share : shares_) forward(share).backward();
      optimiser_->step(rate_scale_);
    });
  }

 private:
  torch::Tensor forward(const Batch& share) {
    const PrecisionScope scope(machine_.precision, machine_.device.type());
    return replicas_.master().loss_of(share);
  }

  Machine machine_;
  Replicas replicas_;
  std::unique_ptr<Optimiser> optimiser_;
  torch::Tensor rate_scale_;
  std::unique_ptr<StepRunner> runner_;
  std::vector<Batch> shares_;
};

/// Seconds of a recorded update.
double measure_recorded(Training& training, const Machine& machine) {
  constexpr int kWarmUp = 5;  // the fourth is recorded
  for (int i = 0; i < kWarmUp; ++i) training.recorded_update();
  int updates = 0;
  double used = 0;
  for (int more = 1; used < machine.enough(); more *= 2) {
    used += machine.timed([&] {
      for (int i = 0; i < more; ++i) training.recorded_update();
    });
    updates += more;
  }
  return used / updates;
}

/// Of an update in pieces.
Costs measure_pieces(Training& training, const Machine& machine) {
  Costs ignored;
  training.update(ignored);
  Costs sum;
  int updates = 0;
  while (sum.all < machine.enough()) {
    training.update(sum);
    ++updates;
  }
  return {sum.forward / updates, sum.backward / updates, sum.update / updates, sum.all / updates};
}

Costs measure(const Case& one,
              const TaskShape& task,
              const GridBatch& batch,
              const Machine& machine) {
  double recorded = 0;
  double memory = 0;
  if (!machine.device.is_cpu()) {
    release_memory(machine.device);
    Training training(one, task, batch, machine);
    recorded = measure_recorded(training, machine);
    memory = peak_memory(machine.device);
  }
  Training training(one, task, batch, machine);
  Costs costs = measure_pieces(training, machine);
  if (!machine.device.is_cpu()) costs.all = recorded;
  costs.memory = memory;
  return costs;
}

/// GFLOP a second of a large product in the machine's numbers.
double product_rate(const Machine& machine) {
  const int side = machine.device.is_cpu() ? 1024 : 8192;
  const PrecisionScope scope(machine.precision, machine.device.type());
  const torch::Tensor a = torch::randn({side, side}, torch::TensorOptions().device(machine.device));
  const torch::Tensor factor = machine.precision == Precision::kBf16 ? a.to(torch::kBFloat16) : a;
  at::mm(factor, factor);
  int products = 0;
  double used = 0;
  for (; used < machine.enough() / 2; products += 8) {
    used += machine.timed([&] {
      for (int i = 0; i < 8; ++i) at::mm(factor, factor);
    });
  }
  return products / used * 2e-9 * side * side * side;
}

/// Rates of one model, its achieved arithmetic fifth; ratios are not known yet.
std::vector<Measurement> figures_of(const Case& one, int episodes, const Machine& machine) {
  const GridBatch batch = published_batch(episodes, one.asked);
  const TaskShape task{static_cast<int>(batch.study.size(-1)),
                       static_cast<int>(batch.study.size(1)), 0, 0};
  const Costs costs = measure(one, task, batch, machine);
  const bool on_cpu = machine.device.is_cpu();
  const double work =
      1e-9 * training_flops(one.model, task, batch.study_roles, batch.kinds) * episodes;
  const std::string name = "train/" + one.name;
  const std::string unit = machine.per_second("episodes");
  std::vector<Measurement> rows{
      {name, episodes / costs.all, unit, "", 1},
      {name + "/forward", episodes / costs.forward, unit, "", 1},
      {name + "/backward", episodes / costs.backward, unit, "", 1},
      {name + "/update", 1 / costs.update, machine.per_second("updates"), "", 1},
      {name + "/achieved", work / (on_cpu ? costs.forward + costs.backward : costs.all),
       machine.per_second("GFLOP"), "", 1}};
  if (!on_cpu) rows.push_back({name + "/memory", costs.memory, "GiB", "", 1});
  return rows;
}

void compare(Measurement& one, const Measurement& base) {
  one.base = base.name;
  one.ratio = one.value / base.value;
}

}  // namespace

std::vector<Measurement> bench_train(const BenchOptions& options) {
  at::set_num_threads(1);
  tune_allocator();
  const Machine machine{select_device(options.device), parse_precision(options.precision)};
  const bool on_cpu = machine.device.is_cpu();
  require(!on_cpu || machine.precision == Precision::kFloat32, "--precision ", options.precision,
          ": needs --device cuda; the CPU computes in float32");
  const Measurement product{on_cpu ? "train/sgemm" : "train/gemm", product_rate(machine),
                            machine.per_second("GFLOP"), "", 1};
  std::vector<Measurement> rows = {product};
  std::vector<Measurement> reference;
  for (const Case& one : cases()) {
    std::vector<Measurement> figures = figures_of(one, options.episodes, machine);
    if (reference.empty()) reference = figures;
    for (std::size_t i = 0; i < kCompared; ++i) {
      if (one.name != "reference") compare(figures[i], reference[i]);
    }
    compare(figures[kCompared], product);
    rows.insert(rows.end(), figures.begin(), figures.end());
  }
  return rows;
}

}  // namespace recombine
