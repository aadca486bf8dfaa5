#pragma once
// Refinement at answer time: the rule vectors of an episode are adjusted until the study pairs,
// composite ones through all their rules, are reproduced better (latent program search, arXiv
// 2411.08706). Weights stay; nothing but the study set is used.

#include "models/entry.h"
#include "models/executor/executor.h"
#include "models/refine_config.h"

namespace recombine {

/// As ExecutorModel::predict() for queries that need all rules, after the refinement; each episode
/// by itself, with the vectors of the step that reproduces its pairs held back (or, where none are,
/// all pairs) best, the inferred ones included.
GridAnswers refined_answers(const ExecutorModel& model,
                            const GridBatch& given,
                            const RefineConfig& config);

}  // namespace recombine
