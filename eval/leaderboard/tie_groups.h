#pragma once
// Which rows of a leaderboard are not told apart.

#include <span>
#include <string>

#include "eval/leaderboard/rows.h"
#include "eval/scoring/comparison.h"

namespace recombine {

/// The set by which the rows of a family are grouped: the first of test_ood, val_ood, test_id and
/// val_id on which one of them has exact match, else the set on which most of them have it, of
/// several the first by name; "" where none has. The order of the rows does not matter.
std::string grouping_split(std::span<const LeaderboardRow> rows, const std::string& family);

/// Numbers the groups of each family's rows, which stand best first: a row that is not told apart
/// from the first of the group before it joins that group. Two rows are told apart by the
/// comparison of their reports, where there is one, else where their intervals do not overlap.
/// Baselines are anchors, and in no group.
void group_ties(std::span<LeaderboardRow> rows, std::span<const Comparison> comparisons);

}  // namespace recombine
