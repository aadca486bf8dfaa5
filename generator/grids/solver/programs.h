#pragma once
// The search for the programs that explain study pairs.

#include <span>
#include <vector>

#include "generator/grids/solver/reading.h"
#include "generator/grids/solver/solver.h"

namespace recombine {

/// All programs of the space that explain the pairs of a grid of `side`, in a fixed order.
std::vector<Program> find_programs(const RuleSpace& space,
                                   std::span<const ObjectPair> pairs,
                                   int side);

/// The same by trying every program on every pair: the oracle of find_programs().
std::vector<Program> find_programs_plainly(const RuleSpace& space,
                                           std::span<const ObjectPair> pairs,
                                           int side);

}  // namespace recombine
