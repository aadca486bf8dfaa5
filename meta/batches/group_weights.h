#pragma once
// How much the targets of a group of episodes weigh, which each of its slices asks for.

#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

#include <torch/torch.h>

#include "meta/batches/batch_source.h"

namespace recombine {

/// Remembers the latest groups. Thread-safe.
class GroupWeights {
 public:
  /// The weight of `group`, a scalar: `weigh()`, or what it gave before.
  torch::Tensor of(const ItemRange& group, const std::function<torch::Tensor()>& weigh) const {
    constexpr std::size_t kKept = 16;  // workers and steps ahead, each at a group of its own
    const std::lock_guard lock(mutex_);
    for (const auto& [known, weight] : latest_) {
      if (known == group) return weight;
    }
    latest_.emplace_back(group, weigh());
    if (latest_.size() > kKept) latest_.pop_front();
    return latest_.back().second;
  }

 private:
  mutable std::mutex mutex_;
  mutable std::deque<std::pair<ItemRange, torch::Tensor>> latest_;
};

}  // namespace recombine
