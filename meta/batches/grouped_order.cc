#include "meta/batches/grouped_order.h"

#include <algorithm>
#include <memory>

namespace recombine {
namespace {

std::uint64_t blocks_of(std::uint64_t episodes, std::uint64_t block) {
  return (episodes + block - 1) / block;
}

std::uint64_t all_blocks(const std::vector<std::uint64_t>& sizes, std::uint64_t block) {
  std::uint64_t sum = 0;
  for (const std::uint64_t size : sizes) sum += blocks_of(size, block);
  return sum;
}

}  // namespace

GroupedOrder::GroupedOrder(std::uint64_t seed,
                           const std::vector<std::uint64_t>& sizes,
                           std::uint64_t block)
    : block_(block), blocks_(seed, all_blocks(sizes, block)) {
  std::uint64_t first = 0;
  for (const std::uint64_t size : sizes) {
    first_.push_back(first);
    first += blocks_of(size, block);
    const auto part = static_cast<std::uint32_t>(groups_.size() + 1);  // 0: that of the blocks
    groups_.push_back(std::make_unique<EpochOrder>(seed, size, part));
  }
}

GroupedOrder::Rows GroupedOrder::rows(const ItemRange& range) const {
  const std::uint64_t number = range.first / block_;
  const auto block = static_cast<std::uint64_t>(blocks_.rows({number, 1}).front());
  const auto group =
      static_cast<std::size_t>(std::ranges::upper_bound(first_, block) - first_.begin()) - 1;
  const EpochOrder& order = *groups_[group];
  const std::uint64_t epoch = number / blocks_.items();
  const std::uint64_t within = (block - first_[group]) * block_ + range.first % block_;
  Rows found{.group = group, .rows = {}};
  for (std::uint64_t i = 0; i < range.count; ++i) {
    const std::uint64_t place = (within + i) % order.items();
    found.rows.push_back(order.rows({epoch * order.items() + place, 1}).front());
  }
  return found;
}

}  // namespace recombine
