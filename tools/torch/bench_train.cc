// bench train: training episodes a second of the grid models, side by side.

#include <algorithm>

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include "meta/batches/batch_rules.h"
#include "meta/batches/fresh_episodes.h"
#include "models/device/device.h"
#include "models/device/precision.h"
#include "models/entry.h"
#include "models/names.h"
#include "tools/torch/bench.h"
#include "tools/torch/step_costs.h"

namespace recombine {
namespace {

constexpr std::uint64_t kBenchSeed = 1860;  ///< of the episodes

constexpr std::size_t kCompared = 4;  ///< figures of a model that have the reference as a base

constexpr std::string_view kBase = "reference";  ///< the case that others are compared with

/// What the models' entries name, the base first.
std::vector<BenchCase> bench_cases() {
  std::vector<BenchCase> cases;
  for (const ModelName& model : kModelNames) {
    for (BenchCase& one : find_model(model.name).bench()) cases.push_back(std::move(one));
  }
  std::stable_partition(cases.begin(), cases.end(),
                        [](const BenchCase& one) { return one.name == kBase; });
  return cases;
}

/// Episodes of the published sizes: 12 study pairs, 10 queries, and with them the `aux` queries or
/// the `copy` ones.
GridBatch published_batch(int episodes, bool aux) {
  const FreshEpisodes source(FreshRecipe{}, kBenchSeed, FreshUse::kTrain);
  std::vector<Episode> made;
  std::vector<std::int64_t> rows;
  for (int i = 0; i < episodes; ++i) {
    made.push_back(source.make(static_cast<std::uint64_t>(i)));
    rows.push_back(i);
  }
  TrainConfig config;
  config.queries_mix = {"plain", aux ? "aux" : "copy"};
  return make_batch(pack_episodes(made), rows, 0, batch_rules(config));
}

/// GFLOP a second of a large product in the machine's numbers.
double product_rate(const Machine& machine) {
  const int side = machine.device.is_cpu() ? 1024 : 8192;
  const PrecisionScope scope(machine.precision, machine.device.type());
  const torch::Tensor a = torch::randn({side, side}, torch::TensorOptions().device(machine.device));
  const torch::Tensor factor = machine.precision == Precision::kBf16 ? a.to(torch::kBFloat16) : a;
  at::mm(factor, factor);
  const double seconds = machine.seconds_each([&] { at::mm(factor, factor); });
  return 2e-9 * side * side * side / seconds;
}

/// Rates of one model, its achieved arithmetic fifth; ratios are not known yet.
std::vector<Measurement> figures_of(const BenchCase& one, int episodes, const Machine& machine) {
  const GridBatch batch = published_batch(episodes, one.aux);
  const TaskShape task{static_cast<int>(batch.study.size(-1)),
                       static_cast<int>(batch.study.size(1)), 0, 0};
  const Costs costs = step_costs({one.config, task, one.together}, batch, machine);
  const bool on_cpu = machine.device.is_cpu();
  const double work =
      1e-9 * training_flops(one.config, task, batch.study_roles, batch.kinds) * episodes;
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
  const torch::Device device = select_device(options.device);
  const Machine machine{device, parse_precision(options.precision, device)};
  const Measurement product{device.is_cpu() ? "train/sgemm" : "train/gemm", product_rate(machine),
                            machine.per_second("GFLOP"), "", 1};
  std::vector<Measurement> rows = {product};
  std::vector<Measurement> reference;
  for (const BenchCase& one : bench_cases()) {
    std::vector<Measurement> figures = figures_of(one, options.episodes, machine);
    if (reference.empty()) reference = figures;
    for (std::size_t i = 0; i < kCompared; ++i) {
      if (one.name != kBase) compare(figures[i], reference[i]);
    }
    compare(figures[kCompared], product);
    rows.insert(rows.end(), figures.begin(), figures.end());
  }
  return rows;
}

}  // namespace recombine
