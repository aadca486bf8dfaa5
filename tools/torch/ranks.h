#pragma once
// A training verb as one of several processes.

#include <functional>
#include <string>

#include "data/json.h"
#include "meta/ranks/likeness.h"
#include "meta/ranks/rank_group.h"
#include "meta/ranks/rank_place.h"
#include "tools/run_config.h"

namespace recombine {

/// How this process takes part in a training.
struct Part {
  RankPlace place;
  int starts = 0;        ///< how many ranks it starts, which then train; 0: it trains
  bool started = false;  ///< by such a process, which has said what there is to say before

  int ranks() const { return starts > 0 ? starts : place.count; }
  /// Whether it tells the person how things are.
  bool speaks() const { return place.rank == 0 && !started; }
};

/// By --ranks and the environment. Throws InputError where both say something.
Part part_of(int ranks);

/// Starts this program with the same words once a rank; returns its exit code.
int start_ranks(int count);

/// What `work` returns. Where it throws, the other ranks hear why. The error of another rank, and
/// that of a rank but the first, which others tell, becomes an exit code here.
int run_as_rank(RankGroup& group, const std::function<int()>& work);

/// Ranks on GPUs sum by NCCL from now on; where that cannot be had, rank 0 says so.
void link_gpus(RankGroup& group, torch::Device device);

/// Says an error of another rank, where this one is to, and returns the exit code.
int report_lost(const RankLost& lost);

/// The config with the workers of all ranks, who have `config.train.workers` each. Throws
/// InputError where the batch has not as many items.
void count_workers(RunConfig& config, int ranks);

/// What must be the same on all ranks: program, processor, options, data.
Likeness likeness_of(const RunConfig& config, const Json& data);

}  // namespace recombine
