#pragma once
// Numbers of an episode that foretell errors. Each is a pure function of the episode and of the
// rules that there are, so records do not hold them.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "data/episode.h"
#include "generator/grids/rules/difficulty_bounds.h"
#include "generator/grids/solver/solver.h"

namespace recombine {

/// Nothing where the episode does not say what it takes: an import without its grammar, study pairs
/// that do not say their roles.
std::optional<int> difficulty(Difficulty measure, const Episode& episode, const RuleSpace& space);

/// The group of reports and tables that a value of the measure is in: "3", "25..49", "17 and more".
std::string difficulty_group(Difficulty measure, int value);

/// Whether the episode is within all bounds; one that does not say a bounded number is not.
bool is_within(const std::vector<DifficultyBound>& bounds,
               const Episode& episode,
               const RuleSpace& space);

}  // namespace recombine
