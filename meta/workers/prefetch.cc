#include "meta/workers/prefetch.h"

#include <algorithm>
#include <utility>

#include "data/error.h"

namespace recombine {

ItemRange step_range(const TrainConfig& config, std::uint64_t epoch_items, std::uint64_t step) {
  const auto batch = static_cast<std::uint64_t>(config.batch);
  if (!config.partial_batches || epoch_items == 0) return {step * batch, batch};
  const std::uint64_t steps = (epoch_items + batch - 1) / batch;
  const std::uint64_t begin = step % steps * batch;
  return {step / steps * epoch_items + begin, std::min(batch, epoch_items - begin)};
}

std::uint64_t epoch_steps(const TrainConfig& config, std::uint64_t epoch_items) {
  const auto batch = static_cast<std::uint64_t>(config.batch);
  return (epoch_items + batch - 1) / batch;
}

TrainConfig with_steps(TrainConfig config, std::uint64_t epoch_items) {
  require(epoch_items > 0 || (config.steps > 0 && config.schedule != "chained"),
          "--epochs and --schedule chained: fresh items have no epochs; use --episodes stored, or "
          "--steps and another schedule");
  if (config.steps == 0)
    config.steps = static_cast<std::uint64_t>(config.epochs) * epoch_steps(config, epoch_items);
  if (config.warmup_part > 0)
    config.warmup =
        static_cast<std::uint64_t>(config.warmup_part * static_cast<double>(config.steps));
  return config;
}

ItemRange group_of(const TrainConfig& config, const ItemRange& step, const ItemRange& slice) {
  if (config.mean_over == 0) return step;
  const auto size = static_cast<std::uint64_t>(config.mean_over);
  const std::uint64_t first = step.first + (slice.first - step.first) / size * size;
  return {first, std::min(size, step.first + step.count - first)};
}

std::vector<ItemRange> worker_slices(const TrainConfig& config, const ItemRange& step, int worker) {
  const auto workers = static_cast<std::uint64_t>(config.workers);
  const auto number = static_cast<std::uint64_t>(worker);
  const std::uint64_t end = step.first + step.count * (number + 1) / workers;
  const auto micro = static_cast<std::uint64_t>(config.micro_batch);
  std::vector<ItemRange> slices;
  for (std::uint64_t at = step.first + step.count * number / workers; at < end;) {
    const ItemRange group = group_of(config, step, {at, 1});
    const std::uint64_t stop = std::min(end, group.first + group.count);
    const std::uint64_t count = micro == 0 ? stop - at : std::min(micro, stop - at);
    slices.push_back({at, count});
    at += count;
  }
  return slices;
}

Prefetch::Prefetch(
    const BatchSource& source, TrainConfig config, int worker, std::uint64_t first_step, int ahead)
    : source_(source),
      config_(std::move(config)),
      worker_(worker),
      step_(first_step),
      started_(first_step),
      ahead_(static_cast<std::uint64_t>(ahead)) {}

std::vector<Batch> Prefetch::next() {
  const std::uint64_t last = std::min(step_ + ahead_, config_.steps - 1);
  for (; ahead_ > 0 && started_ <= last; ++started_) {
    coming_.push_back(
        std::async(std::launch::async, [this, step = started_] { return make(step); }));
  }
  const std::uint64_t step = step_++;
  if (coming_.empty()) return make(step);
  Batches batches = coming_.front().get();
  coming_.pop_front();
  return batches;
}

Prefetch::Batches Prefetch::make(std::uint64_t step) const {
  Batches batches;
  const ItemRange whole = step_range(config_, source_.epoch_items(), step);
  for (const ItemRange& slice : worker_slices(config_, whole, worker_)) {
    batches.push_back(source_.batch(slice, group_of(config_, whole, slice)));
    if (config_.mean_over == 0) continue;
    // A batch that an epoch's end cuts short counts as one of so many groups all the same.
    batches.back().loss_factor = batches.back().loss_factor * config_.mean_over / config_.batch;
  }
  return batches;
}

}  // namespace recombine
