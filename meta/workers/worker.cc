#include "meta/workers/worker.h"

#include "data/progress.h"

namespace recombine {
namespace {

constexpr int kStepsAhead = 4;  ///< on a GPU, where the CPU's threads are free

/// Items of a micro-batch that is not cut short; a run's first step has the most items.
std::int64_t micro_batch_items(const Learner& learner, const TrainConfig& config, int worker) {
  const auto share = worker_share(config, step_range(config, learner.epoch_items(), 0), worker);
  return share.empty() ? 0 : static_cast<std::int64_t>(share.front().count);
}

}  // namespace

WorkerLane::WorkerLane(const Learner& learner,
                       const TrainConfig& config,
                       Replicas& replicas,
                       int worker,
                       std::uint64_t first_step)
    : replicas_(replicas),
      worker_(worker),
      precision_(parse_precision(config.precision, replicas.device())),
      seed_(config.seed),
      step_(first_step),
      feed_(learner, config, worker, first_step, replicas.device().is_cpu() ? 0 : kStepsAhead),
      runner_(make_step_runner(replicas.device())),
      loss_(torch::zeros({}, torch::TensorOptions(torch::kFloat64).device(replicas.device()))),
      place_(micro_batch_items(learner, config, worker)) {}

void WorkerLane::run() {
  std::vector<Batch> batches = feed_.next();
  replicas_.zero_gradients(worker_);
  loss_.zero_();
  replicas_.model(worker_).name_dropout(seed_, step_++, worker_);
  for (Batch& batch : batches) {
    check_interrupted("the step is dropped");
    if (replicas_.device().is_cpu() || !place_.put(batch)) {
      learn(batch);
    } else {
      runner_->run([&] { learn(place_.batch()); });
    }
  }
}

void WorkerLane::learn(const Batch& batch) {
  torch::Tensor loss;
  {
    const PrecisionScope scope(precision_, replicas_.device().type());
    loss = replicas_.model(worker_).loss_of(batch) * batch.part;
  }
  loss.backward();
  loss_.add_(loss.detach());
}

}  // namespace recombine
