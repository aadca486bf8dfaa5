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
      episodes_a_step_(config.batch),
      feed_(learner, config, worker, first_step, replicas.device().is_cpu() ? 0 : kStepsAhead),
      runner_(make_step_runner(replicas.device())),
      loss_(torch::zeros({}, torch::TensorOptions(torch::kFloat64).device(replicas.device()))) {
  require(replicas.device().is_cpu() || config.micro_batch == 0 ||
              config.batch % config.micro_batch == 0,
          "--micro-batch ", config.micro_batch, ": must divide --batch ", config.batch,
          " on a GPU");
}

void WorkerLane::run() {
  const std::vector<GridBatch> batches = feed_.next();
  replicas_.zero_gradients(worker_);
  loss_.zero_();
  for (const GridBatch& batch : batches) {
    const GridBatch& still = replicas_.device().is_cpu() ? batch : in_place(batch);
    runner_->run([&] { learn(still); });
  }
}

void WorkerLane::learn(const GridBatch& batch) {
  const double part = static_cast<double>(batch.study.size(0)) / episodes_a_step_;
  const auto loss = replicas_.model(worker_).loss(batch) * part;
  loss.backward();
  loss_.add_(loss.detach());
}

const GridBatch& WorkerLane::in_place(const GridBatch& batch) {
  if (!place_.study.defined()) {
    place_ = {batch.study.clone(), batch.query_inputs.clone(), batch.query_outputs.clone()};
    return place_;
  }
  place_.study.copy_(batch.study);
  place_.query_inputs.copy_(batch.query_inputs);
  place_.query_outputs.copy_(batch.query_outputs);
  return place_;
}

}  // namespace recombine
