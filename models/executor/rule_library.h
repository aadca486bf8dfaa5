#pragma once
// The distinct rules that a trained executor infers from episodes. Letters: docs/GLOSSARY.md.

#include <memory>
#include <vector>

#include <torch/torch.h>

#include "models/batch.h"
#include "models/executor/executor.h"

namespace recombine {

/// Vectors [L, D] of the rules that single study pairs of these episodes show, sections told; the
/// commonest first. Two vectors are of one rule where they make the same of most grids; a rule's
/// vector is the mean of those that are. How many there are is found. Throws InputError for a model
/// whose rules are no vectors or that has no grids between them, DataError where no rule is found.
torch::Tensor rule_library(const ExecutorModel& model, const std::vector<GridBatch>& episodes);

/// A model with that library and the same weights, but for those that its config has no use for:
/// the config of `answers`.
std::shared_ptr<ExecutorModel> with_library(const ExecutorModel& model,
                                            const std::vector<GridBatch>& episodes,
                                            const ModelConfig& answers);

}  // namespace recombine
