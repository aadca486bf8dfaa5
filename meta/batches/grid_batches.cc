#include "meta/batches/grid_batches.h"

#include <functional>
#include <numeric>
#include <utility>
#include <vector>

#include "meta/batches/epoch_order.h"
#include "meta/batches/group_weights.h"

namespace recombine {
namespace {

/// What the slice's mean counts in the group's loss.
torch::Tensor factor_of(const BatchRules& rules,
                        const GridBatch& made,
                        const ItemRange& slice,
                        const ItemRange& group,
                        const GroupWeights& weights,
                        const std::function<GridBatch()>& whole) {
  if (!rules.weigh || slice == group) return item_factor(slice, group, made.study.device());
  const torch::Tensor all = weights.of(group, [&] { return rules.weigh(whole().query_outputs); });
  return rules.weigh(made.query_outputs) / all;
}

class StoredBatches : public BatchSource {
 public:
  StoredBatches(EpisodeTensors episodes, const BatchRules& rules)
      : episodes_(std::move(episodes)),
        rules_(rules),
        order_(rules.seed, static_cast<std::uint64_t>(episodes_.size())) {}

  Batch batch(const ItemRange& slice, const ItemRange& group) const override {
    GridBatch made = grids(slice);
    const torch::Tensor factor =
        factor_of(rules_, made, slice, group, weights_, [&] { return grids(group); });
    return {std::move(made), factor};
  }
  std::uint64_t epoch_items() const override { return order_.items(); }

 private:
  GridBatch grids(const ItemRange& range) const {
    return make_batch(episodes_, order_.rows(range), range.first, rules_);
  }

  EpisodeTensors episodes_;
  BatchRules rules_;
  EpochOrder order_;
  GroupWeights weights_;
};

class FreshBatches : public BatchSource {
 public:
  FreshBatches(FreshEpisodes episodes, BatchRules rules, torch::Device device)
      : episodes_(std::move(episodes)), rules_(std::move(rules)), device_(device) {}

  Batch batch(const ItemRange& slice, const ItemRange& group) const override {
    GridBatch made = grids(slice);
    const torch::Tensor factor =
        factor_of(rules_, made, slice, group, weights_, [&] { return grids(group); });
    return {std::move(made), factor};
  }
  std::uint64_t epoch_items() const override { return 0; }

 private:
  GridBatch grids(const ItemRange& range) const {
    std::vector<Episode> made;
    made.reserve(range.count);
    for (std::uint64_t i = 0; i < range.count; ++i) made.push_back(episodes_.make(range.first + i));
    std::vector<std::int64_t> rows(range.count);
    std::iota(rows.begin(), rows.end(), 0);
    return make_batch(pack_episodes(made).to(device_), rows, range.first, rules_);
  }

  FreshEpisodes episodes_;
  BatchRules rules_;
  torch::Device device_;
  GroupWeights weights_;
};

}  // namespace

std::unique_ptr<BatchSource> make_stored_batches(EpisodeTensors episodes, const BatchRules& rules) {
  return std::make_unique<StoredBatches>(std::move(episodes), rules);
}

std::unique_ptr<BatchSource> make_fresh_batches(FreshEpisodes episodes,
                                                const BatchRules& rules,
                                                torch::Device device) {
  return std::make_unique<FreshBatches>(std::move(episodes), rules, device);
}

}  // namespace recombine
