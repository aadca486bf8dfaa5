#include "meta/batches/epoch_order.h"

#include <numeric>
#include <span>
#include <utility>

#include "data/random.h"

namespace recombine {

std::shared_ptr<const EpochOrder::Order> EpochOrder::order_of(std::uint64_t epoch) const {
  const std::lock_guard lock(mutex_);
  if (order_ == nullptr || epoch_ != epoch) {
    Order order(items_);
    std::iota(order.begin(), order.end(), 0);
    CounterRandom random(seed_, epoch, Stream::kBatch, part_);
    shuffle(random, std::span<std::int64_t>(order));
    order_ = std::make_shared<const Order>(std::move(order));
    epoch_ = epoch;
  }
  return order_;
}

std::vector<std::int64_t> EpochOrder::rows(const ItemRange& range) const {
  std::vector<std::int64_t> rows;
  rows.reserve(range.count);
  std::shared_ptr<const Order> order;
  for (std::uint64_t number = range.first; number < range.first + range.count; ++number) {
    if (order == nullptr || number % items_ == 0) order = order_of(number / items_);
    rows.push_back((*order)[number % items_]);
  }
  return rows;
}

}  // namespace recombine
