#pragma once
// Which rules each study pair shows, found by running the rules of the library on the pairs: for
// episodes of three rules that say no sections. Letters: docs/GLOSSARY.md.

#include <vector>

#include <torch/torch.h>

#include "models/executor/executor.h"

namespace recombine {

/// The one episode of this number, without the answers.
GridBatch episode_of(const GridBatch& batch, std::int64_t number);

/// The sections [S] of the one episode of `batch`: those by which three rules of the library, in
/// some order that the model answers by, make the outputs of all pairs likeliest. Nothing is known
/// of the pairs but their grids, nor how many there are of a section. What stands in most of them
/// at the same place, unchanged, is the indicator. No gradients.
std::vector<Roles> searched_sections(const ExecutorModel& model, const GridBatch& batch);

/// The episode with its sections told: as they are, or as they are found. Throws InputError where
/// there are no study pairs, and where the model does not find sections.
GridBatch with_sections_told(const ExecutorModel& model, GridBatch episode);

/// Orders in which the rules of so many roles may be applied: the usual one first; where the model
/// finds orders, all of them.
std::vector<std::vector<std::size_t>> answered_orders(const ExecutorModel& model,
                                                      std::size_t roles);

/// What an order that the model did not learn from must be likelier by, in nats.
inline constexpr double kUnusualOrder = 3;

}  // namespace recombine
