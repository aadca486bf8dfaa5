#pragma once
// A worker's slices of each step, made ahead of it where that pays.

#include <cstdint>
#include <deque>
#include <future>
#include <vector>

#include "meta/batches/batch_source.h"
#include "meta/config.h"
#include "models/batch.h"

namespace recombine {

/// What step `step` sees: `config.batch` items, or fewer at the end of an epoch of `epoch_items`
/// where config.partial_batches says so.
ItemRange step_range(const TrainConfig& config, std::uint64_t epoch_items, std::uint64_t step);

/// How many steps an epoch of `epoch_items` has; the last one may reach into the next.
std::uint64_t epoch_steps(const TrainConfig& config, std::uint64_t epoch_items);

/// The config with its steps and its warm-up as numbers, for an epoch of `epoch_items` (0: there
/// are none). Throws InputError where --epochs needs what is not there.
TrainConfig with_steps(TrainConfig config, std::uint64_t epoch_items);

/// The group of config.mean_over items of a step that `slice` is a part of.
ItemRange group_of(const TrainConfig& config, const ItemRange& step, const ItemRange& slice);

/// What worker `worker` of `config.workers` learns from of a step's range, cut into micro-batches
/// that stay within a group. The slices of the workers are contiguous and differ by one item at
/// most.
std::vector<ItemRange> worker_slices(const TrainConfig& config, const ItemRange& step, int worker);

/// Hands out the slices of one worker, step by step.
class Prefetch {
 public:
  /// Makes the batches of `ahead` further steps on threads of their own; with 0, in next().
  /// `source` must outlive it.
  Prefetch(const BatchSource& source,
           TrainConfig config,
           int worker,
           std::uint64_t first_step,
           int ahead);
  ~Prefetch() = default;
  Prefetch(const Prefetch&) = delete;
  Prefetch& operator=(const Prefetch&) = delete;

  /// The micro-batches of the next step. Throws what the source threw.
  std::vector<Batch> next();

 private:
  using Batches = std::vector<Batch>;
  Batches make(std::uint64_t step) const;

  const BatchSource& source_;
  TrainConfig config_;
  int worker_;
  std::uint64_t step_;
  std::uint64_t started_;
  std::uint64_t ahead_;
  std::deque<std::future<Batches>> coming_;
};

}  // namespace recombine
