#pragma once
// The state of training is the same on all ranks: at the beginning made so, later checked.

#include "meta/ranks/rank_group.h"
#include "meta/run/run_state.h"
#include "models/model.h"
#include "models/optimisers/optimiser.h"

namespace recombine {

/// Weights, optimiser and state become those of rank 0, whatever the others saw of its folder.
void share_state(RankGroup& group, Model& model, Optimiser& optimiser, RunState& state);

/// Throws RankLost, naming a rank, where its weights are other than those of rank 0: each makes the
/// updates by itself, and processors of different kinds round differently.
void require_same_weights(RankGroup& group, const Model& model);

}  // namespace recombine
