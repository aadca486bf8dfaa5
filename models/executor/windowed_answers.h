#pragma once
// Queries answered in windows (windows.h), by the vote of several. Letters: docs/GLOSSARY.md.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/executor/executor.h"

namespace recombine {

/// What one window says of a query.
struct WindowVote {
  torch::Tensor grid;             ///< [N, N] on the CPU
  torch::Tensor log_probability;  ///< a scalar
  std::size_t margin = 0;         ///< cells between the object and the window's edge: 0, 1, or more
  std::int64_t cells = 0;         ///< that are filled: what is off the board is lost too
};

/// The vote whose grid has the most weight of all its votes. A vote counts by how sure it is; less
/// where the object is near the edge; and less for each cell that another window has more: it, or a
/// grid on the way to it, may have lost what is beyond the edge.
const WindowVote& winning_vote(const std::vector<WindowVote>& votes);

/// As ExecutorModel::predict(), for grids of any side: each query is asked in several windows, in
/// which the object has different places, and the answer of most weight is taken. Where the
/// first few agree, no more are asked. For models that explain study sets by a library.
GridAnswers windowed_answers(const ExecutorModel& model, const GridBatch& batch);

}  // namespace recombine
