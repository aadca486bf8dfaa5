#pragma once
// In which order the items of a set are seen: each once an epoch, every epoch in its own order.

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "meta/batches/batch_source.h"

namespace recombine {

/// Item of a set of `items` that number `number` of a run sees. `part` tells apart orders of one
/// seed.
class EpochOrder {
 public:
  EpochOrder(std::uint64_t seed, std::uint64_t items, std::uint32_t part = 0)
      : seed_(seed), items_(items), part_(part) {}
  /// Rows of the numbers of a range. Thread-safe.
  std::vector<std::int64_t> rows(const ItemRange& range) const;
  std::uint64_t items() const { return items_; }

 private:
  using Order = std::vector<std::int64_t>;
  std::shared_ptr<const Order> order_of(std::uint64_t epoch) const;

  std::uint64_t seed_;
  std::uint64_t items_;
  std::uint32_t part_;
  mutable std::mutex mutex_;
  mutable std::uint64_t epoch_ = 0;
  mutable std::shared_ptr<const Order> order_;
};

}  // namespace recombine
