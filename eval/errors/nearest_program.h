#pragma once
// The program that is nearest to the right one among those that give an answer.

#include <optional>
#include <span>

#include "eval/errors/query_parts.h"
#include "eval/errors/verdict.h"
#include "generator/grids/solver/solver.h"

namespace recombine {

/// The kind and the changes of the program with the fewest changes (one or two) whose output is
/// `answer`: a wrong one. One change is a rule in force left out, applied twice on end, or
/// replaced, another order of the rules in force, or a rule in force that should not be. A rule is
/// replaced by one of its type with any parameters that are known, or by one of `space`; where two
/// changes are made, by one of `space` alone. Among programs with as many changes the first in the
/// order of grid_error_kinds(), then of the rules, then of what replaces them. Nothing where no
/// such program gives the answer.
std::optional<ErrorVerdict> nearest_program(const QueryParts& parts,
                                            std::span<const RoleRule> rules,
                                            const Grid& answer,
                                            const RuleSpace& space);

}  // namespace recombine
