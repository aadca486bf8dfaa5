#pragma once
// What a training step learns from. The episodes of a run are numbered 0, 1, 2...: step s of a run
// with B episodes a step sees numbers s B to s B + B - 1, whoever computes them.

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "meta/batch_rules.h"
#include "meta/episode_table.h"
#include "meta/fresh_episodes.h"
#include "models/batch.h"

namespace recombine {

/// Thread-safe and const.
class Learner {
 public:
  Learner() = default;
  Learner(const Learner&) = delete;
  Learner& operator=(const Learner&) = delete;
  virtual ~Learner() = default;

  /// The batch of `count` episodes from number `first` on, on the learner's device: a pure function
  /// of its arguments and what the learner was made of.
  virtual GridBatch batch(std::uint64_t first, std::uint64_t count) const = 0;
};

/// The rows of `table`, each once an epoch, in an order of the epoch's own.
std::unique_ptr<Learner> make_stored_learner(EpisodeTable table, const BatchRules& rules);

/// Episodes made inside the step and sent to `device`.
std::unique_ptr<Learner> make_fresh_learner(FreshEpisodes episodes,
                                            const BatchRules& rules,
                                            torch::Device device);

/// Item of a set of `items` that number `number` of a run sees.
class EpochOrder {
 public:
  EpochOrder(std::uint64_t seed, std::uint64_t items) : seed_(seed), items_(items) {}
  /// Rows of the `count` numbers from `first` on. Thread-safe.
  std::vector<std::int64_t> rows(std::uint64_t first, std::uint64_t count) const;

 private:
  using Order = std::vector<std::int64_t>;
  std::shared_ptr<const Order> order_of(std::uint64_t epoch) const;

  std::uint64_t seed_;
  std::uint64_t items_;
  mutable std::mutex mutex_;
  mutable std::uint64_t epoch_ = 0;
  mutable std::shared_ptr<const Order> order_;
};

}  // namespace recombine
