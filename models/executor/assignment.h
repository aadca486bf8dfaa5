#pragma once
// Who gets what, so that all are served best.

#include <span>
#include <vector>

namespace recombine {

/// gain [n, n] row-major -> the column of each row, every column once, with the greatest sum (the
/// Hungarian method, Kuhn 1955; n^3 steps).
std::vector<int> best_assignment(std::span<const double> gain, int n);

}  // namespace recombine
