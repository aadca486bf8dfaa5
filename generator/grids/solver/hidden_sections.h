#pragma once
// The solver where nothing says which rules a study pair shows.

#include "generator/grids/solver/solver.h"

namespace recombine {

/// determine() by pictures alone, whatever roles the study pairs have. A query shows all that
/// triggers rules: one of its pieces is the indicator, and the shape and the colour of the other
/// are those of the roles. So a study pair shows the shape rule where its object has that shape,
/// the colour rule where it has that colour, the indicator rule where the indicator stands in it; a
/// reading of the query in which some pair shows no rule at all is none.
/// Of episodes that can_hide_sections() refuses it finds nothing.
Determination determine_by_pictures(const Episode& episode, const RuleSpace& space);

/// Whether the pictures of the episode can say its sections: it has one indicator, and its queries
/// show all that triggers rules.
bool can_hide_sections(const Episode& episode);

}  // namespace recombine
