#pragma once
// Where a recorded step finds its batch.

#include <cstdint>

#include "models/batch.h"

namespace recombine {

/// Addresses that never change, for batches of one shape.
class FixedBatch {
 public:
  /// For batches of `items` items.
  explicit FixedBatch(std::int64_t items) : items_(items) {}

  /// Copies the batch there. False, with nothing done, for a batch of other sizes: of fewer items,
  /// as at an epoch's end, or otherwise unlike the first one that was put there.
  bool put(Batch& batch);
  const Batch& batch() const { return batch_; }

 private:
  std::int64_t items_;
  Batch batch_;
};

}  // namespace recombine
