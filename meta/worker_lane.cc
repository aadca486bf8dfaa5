#include "meta/worker_lane.h"

#include "data/error.h"

namespace recombine {
namespace {

constexpr int kStepsAhead = 4;  ///< on a GPU, where the CPU's threads are free

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
      loss_(torch::zeros({}, torch::TensorOptions(torch::kFloat64).device(replicas.device()))) {
  require(replicas.device().is_cpu() || config.micro_batch == 0 ||
              config.batch % config.micro_batch == 0,
          "--micro-batch ", config.micro_batch, ": must divide --batch ", config.batch,
          " on a GPU");
}

void WorkerLane::run() {
  std::vector<Batch> batches = feed_.next();
  replicas_.zero_gradients(worker_);
  loss_.zero_();
  replicas_.model(worker_).name_dropout(seed_, step_++, worker_);
  for (Batch& batch : batches) {
    if (replicas_.device().is_cpu() || !put_in_place(batch)) {
      learn(batch);
    } else {
      runner_->run([&] { learn(place_); });
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

bool WorkerLane::put_in_place(Batch& batch) {
  if (!place_.part.defined()) {
    place_ = batch;
    for (torch::Tensor* tensor : tensors_of(place_)) *tensor = tensor->clone();
    return true;
  }
  const auto from = tensors_of(batch);
  const auto to = tensors_of(place_);
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (from[i]->sizes() != to[i]->sizes()) return false;
  }
  for (std::size_t i = 0; i < to.size(); ++i) to[i]->copy_(*from[i]);
  return true;
}

}  // namespace recombine
