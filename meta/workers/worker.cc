#include "meta/workers/worker.h"

#include "data/progress.h"

namespace recombine {
namespace {

constexpr int kStepsAhead = 4;  ///< on a GPU, where the CPU's threads are free

/// Items of a micro-batch that is not cut short; a run's first step has the most items.
std::int64_t micro_batch_items(const BatchSource& source, const TrainConfig& config, int worker) {
  const auto slices = worker_slices(config, step_range(config, source.epoch_items(), 0), worker);
  return slices.empty() ? 0 : static_cast<std::int64_t>(slices.front().count);
}

}  // namespace

Worker::Worker(const BatchSource& source,
               const TrainConfig& config,
               Replicas& replicas,
               int worker,
               std::uint64_t first_step)
    : replicas_(replicas),
      worker_(worker),
      replica_(worker % replicas.count()),
      precision_(parse_precision(config.precision, replicas.device())),
      seed_(config.seed),
      step_(first_step),
      prefetch_(source, config, worker, first_step, replicas.device().is_cpu() ? 0 : kStepsAhead),
      runner_(make_step_runner(replicas.device())),
      loss_(torch::zeros({}, torch::TensorOptions(torch::kFloat64).device(replicas.device()))),
      fixed_(micro_batch_items(source, config, worker)) {}

void Worker::run() {
  std::vector<Batch> batches = prefetch_.next();
  replicas_.zero_gradients(replica_);
  loss_.zero_();
  replicas_.model(replica_).name_dropout(seed_, step_++, worker_);
  for (Batch& batch : batches) {
    check_interrupted("the step is dropped");
    if (replicas_.device().is_cpu() || !fixed_.put(batch)) {
      learn(batch);
    } else {
      runner_->run([&] { learn(fixed_.batch()); });
    }
  }
}

void Worker::learn(const Batch& batch) {
  torch::Tensor loss;
  {
    const PrecisionScope scope(precision_, replicas_.device().type());
    loss = replicas_.model(replica_).loss_of(batch) * batch.loss_factor;
  }
  loss.backward();
  loss_.add_(loss.detach());
}

}  // namespace recombine
