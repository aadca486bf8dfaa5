#pragma once
// What a data set has to hold out.

#include "data/random_cpython.h"
#include "data/storage/dataset.h"
#include "generator/grids/split/held_out.h"

namespace recombine {

/// What whoever interrupts a split is told.
inline constexpr const char* kSplitAdvice = "nothing was written; run it again";

/// The levels of an axis that the episodes have; all triplets of the generator's types for the
/// published axis, whose rule does not look at the episodes and draws from `random`.
AxisLevels levels_in(const EpisodeSet& data,
                     const Axis& axis,
                     const SplitConfig& config,
                     CPythonRandom& random);

}  // namespace recombine
