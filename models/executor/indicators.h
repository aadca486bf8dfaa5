#pragma once
// What may be the indicator of an episode whose study pairs do not say what they show.
// Letters: docs/GLOSSARY.md.

#include <vector>

#include <torch/torch.h>

namespace recombine {

/// Of each study pair [S] whether it shows the indicator.
using Indicated = std::vector<bool>;

/// By what stands still, the same cells with the same colours in both grids, in the most pairs: the
/// largest such thing first, some more where several stand still as often, and none in any pair
/// where nothing stands still. study [1, S, 2, N, N].
std::vector<Indicated> possible_indicators(const torch::Tensor& study);

}  // namespace recombine
