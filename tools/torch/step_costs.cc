#include "tools/torch/step_costs.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

#include "meta/workers/replicas.h"
#include "models/device/device.h"
#include "models/optimisers/optimiser.h"
#include "tools/bench.h"

namespace recombine {
namespace {

constexpr std::uint64_t kSeed = 1860;  ///< of the weights
// Of a figure at least, after one pass to warm up; a GPU's clock is no one else's.
constexpr double kCpuSeconds = 2;
constexpr double kGpuSeconds = 0.5;

GridBatch piece(const GridBatch& batch, std::int64_t first, std::int64_t count) {
  return {batch.study.narrow(0, first, count), batch.query_inputs.narrow(0, first, count),
          batch.query_outputs.narrow(0, first, count), batch.study_roles, batch.kinds};
}

/// A model that learns from one batch over and over.
class Training {
 public:
  Training(const Learning& learning, const GridBatch& batch, const Machine& machine)
      : machine_(machine),
        replicas_(
            [&] { return make_model(learning.model, learning.task, kSeed); }, 1, machine.device),
        optimiser_(make_optimiser(replicas_.master().weights(), OptimiserConfig{})),
        rate_scale_(torch::ones({}, torch::TensorOptions().device(machine.device))),
        runner_(make_step_runner(machine.device)) {
    const std::int64_t episodes = batch.study.size(0);
    const std::int64_t together = machine.device.is_cpu() ? learning.together : episodes;
    for (std::int64_t first = 0; first < episodes; first += together) {
      GridBatch slice = piece(batch, first, std::min(together, episodes - first));
      for (torch::Tensor* tensor : {&slice.study, &slice.query_inputs, &slice.query_outputs})
        *tensor = tensor->to(machine.device);
      slices_.push_back(Batch{slice, torch::ones({}, rate_scale_.options())});
    }
  }

  /// Adds what an update takes.
  void update(Costs& sum) {
    replicas_.zero_gradients(0);
    for (const Batch& slice : slices_) {
      torch::Tensor loss;
      sum.forward += machine_.timed([&] { loss = forward(slice); });
      sum.backward += machine_.timed([&] { loss.backward(); });
    }
    sum.update += machine_.timed([&] { optimiser_->step(1); });
    sum.all = sum.forward + sum.backward + sum.update;
  }

  /// An update as a GPU's training makes it.
  void recorded_update() {
    runner_->run([&] {
      replicas_.zero_gradients(0);
      for (const Batch& slice : slices_) forward(slice).backward();
      optimiser_->step(rate_scale_);
    });
  }

 private:
  torch::Tensor forward(const Batch& slice) {
    const PrecisionScope scope(machine_.precision, machine_.device.type());
    return replicas_.master().loss_of(slice);
  }

  Machine machine_;
  Replicas replicas_;
  std::unique_ptr<Optimiser> optimiser_;
  torch::Tensor rate_scale_;
  std::unique_ptr<StepRunner> runner_;
  std::vector<Batch> slices_;
};

/// Seconds of a recorded update.
double measure_recorded(Training& training, const Machine& machine) {
  constexpr int kWarmUp = 5;  // the fourth is recorded
  for (int i = 0; i < kWarmUp; ++i) training.recorded_update();
  return machine.seconds_each([&] { training.recorded_update(); });
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

}  // namespace

double Machine::seconds() const {
  if (device.is_cpu()) return cpu_seconds();
  torch::cuda::synchronize();
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double Machine::timed(const std::function<void()>& work) const {
  const double begin = seconds();
  work();
  return seconds() - begin;
}

double Machine::enough() const { return device.is_cpu() ? kCpuSeconds : kGpuSeconds; }

double Machine::seconds_each(const std::function<void()>& work) const {
  int calls = 0;
  double used = 0;
  for (int more = 1; used < enough(); more *= 2) {
    used += timed([&] {
      for (int i = 0; i < more; ++i) work();
    });
    calls += more;
  }
  return used / calls;
}

std::string Machine::per_second(const std::string& what) const {
  return what + (device.is_cpu() ? " per CPU-second" : " per GPU-second");
}

Costs step_costs(const Learning& learning, const GridBatch& batch, const Machine& machine) {
  double recorded = 0;
  double memory = 0;
  if (!machine.device.is_cpu()) {
    release_memory(machine.device);
    Training training(learning, batch, machine);
    recorded = measure_recorded(training, machine);
    memory = peak_memory(machine.device);
  }
  Training training(learning, batch, machine);
  Costs costs = measure_pieces(training, machine);
  if (!machine.device.is_cpu()) costs.all = recorded;
  costs.memory = memory;
  return costs;
}

}  // namespace recombine
