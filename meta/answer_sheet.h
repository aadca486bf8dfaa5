#pragma once
// Answers beside the truth, as TensorBoard shows them.

#include "data/event_file.h"
#include "meta/validation.h"

namespace recombine {

/// The first query of the first few episodes of a set; `grids` [M, Q, N, N] are the answers.
PngImage answer_sheet(const ValidationSet& set, const torch::Tensor& grids);

}  // namespace recombine
