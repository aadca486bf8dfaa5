#include "meta/learner.h"

#include <numeric>
#include <span>
#include <utility>

#include "data/error.h"
#include "data/random.h"

namespace recombine {
namespace {

class StoredLearner : public Learner {
 public:
  StoredLearner(EpisodeTable table, const BatchRules& rules)
      : table_(std::move(table)),
        rules_(rules),
        order_(rules.seed, static_cast<std::uint64_t>(table_.size())) {}

  GridBatch batch(std::uint64_t first, std::uint64_t count) const override {
    return make_batch(table_, order_.rows(first, count), first, rules_);
  }

 private:
  EpisodeTable table_;
  BatchRules rules_;
  EpochOrder order_;
};

class FreshLearner : public Learner {
 public:
  FreshLearner(FreshEpisodes episodes, const BatchRules& rules, torch::Device device)
      : episodes_(std::move(episodes)), rules_(rules), device_(device) {}

  GridBatch batch(std::uint64_t first, std::uint64_t count) const override {
    std::vector<Episode> made;
    made.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) made.push_back(episodes_.make(first + i));
    std::vector<std::int64_t> rows(count);
    std::iota(rows.begin(), rows.end(), 0);
    return make_batch(pack_episodes(made).to(device_), rows, first, rules_);
  }

 private:
  FreshEpisodes episodes_;
  BatchRules rules_;
  torch::Device device_;
};

}  // namespace

std::shared_ptr<const EpochOrder::Order> EpochOrder::order_of(std::uint64_t epoch) const {
  const std::lock_guard lock(mutex_);
  if (order_ == nullptr || epoch_ != epoch) {
    Order order(items_);
    std::iota(order.begin(), order.end(), 0);
    CounterRandom random(seed_, epoch, Stream::kBatch);
    shuffle(random, std::span<std::int64_t>(order));
    order_ = std::make_shared<const Order>(std::move(order));
    epoch_ = epoch;
  }
  return order_;
}

std::vector<std::int64_t> EpochOrder::rows(std::uint64_t first, std::uint64_t count) const {
  std::vector<std::int64_t> rows;
  rows.reserve(count);
  std::shared_ptr<const Order> order;
  for (std::uint64_t number = first; number < first + count; ++number) {
    if (order == nullptr || number % items_ == 0) order = order_of(number / items_);
    rows.push_back((*order)[number % items_]);
  }
  return rows;
}

std::unique_ptr<Learner> make_stored_learner(EpisodeTable table, const BatchRules& rules) {
  return std::make_unique<StoredLearner>(std::move(table), rules);
}

std::unique_ptr<Learner> make_fresh_learner(FreshEpisodes episodes,
                                            const BatchRules& rules,
                                            torch::Device device) {
  return std::make_unique<FreshLearner>(std::move(episodes), rules, device);
}

}  // namespace recombine
