#pragma once
// The grids between an example's input and its output: one after each of its rules.

#include <optional>
#include <vector>

#include "data/episode.h"

namespace recombine {

/// Cells that are filled and the same in all grids of the study pairs that show the indicator of a
/// role, on a grid of their own: the indicator. All background where no pair shows it.
Grid common_part(const Episode& episode, std::size_t role = kFirstIndicatorRole);

/// The grid after each rule that the example has in force, in their order; the last equals its
/// output. Nothing where the episode's grammar does not lead there: an imported one may name no
/// rules, and objects of more than Cells::kMostToDouble cells are not looked at. Throws InputError
/// for a rule that is not known.
std::optional<std::vector<Grid>> grids_between(const Episode& episode, const Example& example);

}  // namespace recombine
