#pragma once
// Trains one run and leaves it in its folder.

#include <string>

#include "meta/config.h"
#include "meta/run_data.h"
#include "meta/run_folder.h"
#include "meta/run_state.h"
#include "models/config.h"

namespace recombine {

struct TrainRequest {
  RunFolder folder;  ///< exists, with config.ini in it
  TrainConfig train;
  ModelConfig model;
  torch::Device device = torch::kCPU;
  bool quiet = false;
};

/// Trains until the last step, from the newest checkpoint in the folder where there is one, and
/// returns the final state. On the CPU every file but for its times is a function of the configs
/// and the data: a run that was killed and resumed leaves the checkpoints of one that was not.
/// Throws Interrupted, with a checkpoint saved, after SIGINT or SIGTERM; InputError where the loss
/// stops being a number.
RunState train_run(const TrainRequest& request, const RunData& data);

}  // namespace recombine
