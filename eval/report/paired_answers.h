#pragma once
// Pairs the answers of prediction sets to the same items.

#include <span>
#include <vector>

#include "eval/report/evaluate_all.h"
#include "eval/scoring/comparison.h"
#include "eval/scoring/prediction_set.h"

namespace recombine {

/// A comparison of each two prediction sets that answer the same data set, over the queries that
/// were planned for both: in the order of the prediction sets. `all` are their evaluations, in
/// whose reports the comparisons name their predictors. Two that have no planned query in common
/// are left out. Throws Interrupted at the next comparison once a signal came.
std::vector<Comparison> compare_all(std::span<const PredictionSet> prediction_sets,
                                    const AllEvaluations& all,
                                    const EvaluateConfig& config);

}  // namespace recombine
