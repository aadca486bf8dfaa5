#pragma once
// What a checkpoint knows besides weights and optimiser: with it a resumed run is the same run.

#include <cstdint>
#include <optional>

#include "data/json.h"

namespace recombine {

/// The checkpoint that predictions are made with unless another is asked for.
struct BestCheckpoint {
  std::uint64_t step = 0;
  double exact = 0;  ///< on the validation set that chooses

  friend bool operator==(const BestCheckpoint&, const BestCheckpoint&) = default;
};

struct RunState {
  std::uint64_t step = 0;        ///< updates made
  double loss_sum = 0;           ///< over the steps since the last row of metrics.jsonl
  std::uint64_t loss_steps = 0;  ///< how many those are
  std::optional<BestCheckpoint> best;

  friend bool operator==(const RunState&, const RunState&) = default;
};

Json to_json(const RunState& state);
/// Throws DataError for JSON that is no state.
RunState run_state(const Json& json);

}  // namespace recombine
