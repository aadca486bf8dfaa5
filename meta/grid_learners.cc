#include "meta/grid_learners.h"

#include <numeric>
#include <utility>
#include <vector>

#include "meta/epoch_order.h"

namespace recombine {
namespace {

class StoredLearner : public Learner {
 public:
  StoredLearner(EpisodeTable table, const BatchRules& rules)
      : table_(std::move(table)),
        rules_(rules),
        order_(rules.seed, static_cast<std::uint64_t>(table_.size())) {}

  Batch batch(const ItemRange& share, const ItemRange& step) const override {
    return {make_batch(table_, order_.rows(share), share.first, rules_),
            item_part(share, step, table_.study.device())};
  }
  std::uint64_t epoch_items() const override { return order_.items(); }

 private:
  EpisodeTable table_;
  BatchRules rules_;
  EpochOrder order_;
};

class FreshLearner : public Learner {
 public:
  FreshLearner(FreshEpisodes episodes, const BatchRules& rules, torch::Device device)
      : episodes_(std::move(episodes)), rules_(rules), device_(device) {}

  Batch batch(const ItemRange& share, const ItemRange& step) const override {
    std::vector<Episode> made;
    made.reserve(share.count);
    for (std::uint64_t i = 0; i < share.count; ++i) made.push_back(episodes_.make(share.first + i));
    std::vector<std::int64_t> rows(share.count);
    std::iota(rows.begin(), rows.end(), 0);
    return {make_batch(pack_episodes(made).to(device_), rows, share.first, rules_),
            item_part(share, step, device_)};
  }
  std::uint64_t epoch_items() const override { return 0; }

 private:
  FreshEpisodes episodes_;
  BatchRules rules_;
  torch::Device device_;
};

}  // namespace

std::unique_ptr<Learner> make_stored_learner(EpisodeTable table, const BatchRules& rules) {
  return std::make_unique<StoredLearner>(std::move(table), rules);
}

std::unique_ptr<Learner> make_fresh_learner(FreshEpisodes episodes,
                                            const BatchRules& rules,
                                            torch::Device device) {
  return std::make_unique<FreshLearner>(std::move(episodes), rules, device);
}

}  // namespace recombine
