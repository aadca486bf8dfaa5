#pragma once
// What an update of a grid model costs on a machine.

#include <functional>
#include <string>

#include <torch/torch.h>

#include "models/device/precision.h"
#include "models/model.h"

namespace recombine {

/// Where figures are taken, and in what numbers.
struct Machine {
  torch::Device device = torch::kCPU;
  Precision precision = Precision::kFloat32;

  /// CPU time of this process, or the time when the GPU has done what was asked of it.
  double seconds() const;
  double timed(const std::function<void()>& work) const;
  /// Seconds that a figure is measured for at least.
  double enough() const;
  /// Seconds of one call of `work`, of many in a row.
  double seconds_each(const std::function<void()>& work) const;
  /// "episodes per CPU-second", or per GPU-second.
  std::string per_second(const std::string& what) const;
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

/// Whose update it is.
struct Learning {
  ModelConfig model;
  TaskShape task;
  int together = 1;  ///< on a CPU: episodes in memory at a time; a GPU has them all
};

/// Of updates from one batch over and over, by AdamW.
Costs step_costs(const Learning& learning, const GridBatch& batch, const Machine& machine);

}  // namespace recombine
