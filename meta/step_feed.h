#pragma once
// A worker's share of each step, made ahead of it where that pays.

#include <cstdint>
#include <deque>
#include <future>
#include <vector>

#include "meta/config.h"
#include "meta/learner.h"

namespace recombine {

/// Episodes first .. first + count - 1 of a run.
struct EpisodeRange {
  std::uint64_t first = 0;
  std::uint64_t count = 0;

  friend bool operator==(const EpisodeRange&, const EpisodeRange&) = default;
};

/// What worker `worker` of `config.workers` learns from in step `step`, cut into micro-batches. The
/// shares of the workers are contiguous and differ by one episode at most.
std::vector<EpisodeRange> worker_share(const TrainConfig& config, std::uint64_t step, int worker);

/// Hands out the share of one worker, step by step.
class StepFeed {
 public:
  /// Makes the batches of `ahead` further steps on threads of their own; with 0, in next().
  /// `learner` must outlive the feed.
  StepFeed(
      const Learner& learner, TrainConfig config, int worker, std::uint64_t first_step, int ahead);
  ~StepFeed() = default;
  StepFeed(const StepFeed&) = delete;
  StepFeed& operator=(const StepFeed&) = delete;

  /// The micro-batches of the next step. Throws what the learner threw.
  std::vector<GridBatch> next();

 private:
  using Batches = std::vector<GridBatch>;
  Batches make(std::uint64_t step) const;

  const Learner& learner_;
  TrainConfig config_;
  int worker_;
  std::uint64_t step_;
  std::uint64_t started_;
  std::uint64_t ahead_;
  std::deque<std::future<Batches>> coming_;
};

}  // namespace recombine
