#pragma once
// Rows of a leaderboard that are runs of one thing, such as seeds, as one row.

#include <span>
#include <string>
#include <vector>

#include "eval/leaderboard/rows.h"
#include "eval/scoring/statistics.h"

namespace recombine {

/// The mean of shares and the interval that it is in at 95 % by Student's t (1908), within 0..1:
/// how far another such run may be off, which answers of one run cannot say. Requires two values.
Interval mean_over_runs(std::span<const double> shares);

/// Rows of runs that have family, name, parameters and data in common become one, in the place of
/// the first: figures are means over runs, and the note has their number, standard deviation and
/// range of exact match. What differs between them (run, step, steps_to_reach) is left out. Other
/// rows stay.
std::vector<LeaderboardRow> average_runs(std::span<const LeaderboardRow> rows);

}  // namespace recombine
