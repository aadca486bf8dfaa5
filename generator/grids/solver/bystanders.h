#pragma once
// The solver where objects stand that no rule moves (generator/grids/rules/bystanders.h).

#include <span>
#include <vector>

#include "data/episode.h"
#include "generator/grids/solver/solver.h"

namespace recombine {

/// solve() where space.bystanders is set: with the colours that bystanders may have out of the
/// way, or, where no rules explain that, with all that is shown.
std::vector<Hypothesis> solve_beside_bystanders(std::span<const Example> study,
                                                std::span<const Grid> asked,
                                                const RuleSpace& space);
/// determine() where space.bystanders is set.
Determination determine_beside_bystanders(const Episode& episode, const RuleSpace& space);

}  // namespace recombine
