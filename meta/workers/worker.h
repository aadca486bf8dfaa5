#pragma once
// One worker's part of a step: its batches through its replica.

#include <cstdint>
#include <memory>

#include <torch/torch.h>

#include "meta/batches/batch_source.h"
#include "meta/config.h"
#include "meta/workers/fixed_batch.h"
#include "meta/workers/prefetch.h"
#include "meta/workers/replicas.h"
#include "models/batch.h"
#include "models/device/device.h"
#include "models/device/precision.h"

namespace recombine {

class Worker {
 public:
  /// Number `worker` of `config.workers`, with the replica of that number modulo their count: the
  /// workers of a rank are in a row. `source` and `replicas` must outlive it.
  Worker(const BatchSource& source,
         const TrainConfig& config,
         Replicas& replicas,
         int worker,
         std::uint64_t first_step);
  ~Worker() = default;
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Leaves this worker's part of the next step's gradients in its replica, and of the mean loss in
  /// loss(). Does not wait for the device. Throws Interrupted between micro-batches: the step can
  /// then only be made anew.
  void run();
  /// A scalar on the device.
  const torch::Tensor& loss() const { return loss_; }

 private:
  void learn(const Batch& batch);

  Replicas& replicas_;
  int worker_;
  int replica_;
  Precision precision_;
  std::uint64_t seed_;
  std::uint64_t step_;
  Prefetch prefetch_;
  std::unique_ptr<StepRunner> runner_;
  torch::Tensor loss_;
  FixedBatch fixed_;  ///< on a GPU
};

}  // namespace recombine
