#pragma once
// In which order the episodes of several groups are seen, where those that are learned from
// together must be of one group.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "meta/batches/batch_source.h"
#include "meta/batches/epoch_order.h"

namespace recombine {

/// The numbers of a run are cut into blocks of one size; an epoch has each block once, in an order
/// of its own. A group has as many blocks as it fills; the last one begins the group again.
class GroupedOrder {
 public:
  /// sizes: episodes of each group; block: how many are learned from together.
  GroupedOrder(std::uint64_t seed, const std::vector<std::uint64_t>& sizes, std::uint64_t block);

  struct Rows {
    std::size_t group = 0;
    std::vector<std::int64_t> rows;
  };
  /// Of a range of numbers within one block. Thread-safe.
  Rows rows(const ItemRange& range) const;
  /// Of an epoch.
  std::uint64_t items() const { return blocks_.items() * block_; }

 private:
  std::uint64_t block_;
  std::vector<std::uint64_t>
      first_;  ///< of each group: its first block, before they are put in order
  EpochOrder blocks_;
  std::vector<std::unique_ptr<EpochOrder>> groups_;
};

}  // namespace recombine
