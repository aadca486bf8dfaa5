#pragma once
// Trains one run and leaves it in its folder.

#include <memory>

#include <torch/torch.h>

#include "meta/config.h"
#include "meta/ranks/rank_group.h"
#include "meta/run/open_run.h"
#include "meta/run/run_folder.h"
#include "meta/run/run_state.h"
#include "models/config.h"

namespace recombine {

struct TrainRequest {
  RunFolder folder;   ///< exists, with config.ini in it
  TrainConfig train;  ///< its workers are those of all ranks
  ModelConfig model;
  torch::Device device = torch::kCPU;
  bool quiet = false;
  std::shared_ptr<RankGroup> ranks = std::make_shared<RankGroup>();
};

/// Trains until the last step, from the newest checkpoint in the folder where there is one, and
/// returns the final state. On the CPU every file but for its times is a function of the configs
/// and the data: a run that was killed and resumed leaves the checkpoints of one that was not.
/// SIGINT, SIGTERM and SIGHUP are looked for between micro-batches and inside validations; then it
/// throws Interrupted, with the state after the last update saved. A step under way is dropped. A
/// validation under way is dropped too, and the state says so: losses are left over at a step that
/// has a row of metrics.jsonl. Both are functions of the step's number, and the next call makes
/// them again, so at most they are lost; it also finishes a run that lacks its last validation
/// alone. SIGUSR1 saves a checkpoint after the step under way and training goes on. Throws
/// InputError, and saves nothing, where the loss or a weight is not a number.
///
/// Ranks that train together call it alike. The files are rank 0's, and are those of one process
/// with as many workers; an interruption or SIGUSR1 of any rank is one of all. Where a rank is
/// lost, one that is well saves the state after the last update in the folder, if it sees that, and
/// all throw RankLost.
RunState train_run(const TrainRequest& request, const RunData& data);

}  // namespace recombine
