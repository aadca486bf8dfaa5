#include "meta/batches/grid_batches.h"

#include <functional>
#include <numeric>
#include <utility>
#include <vector>

#include "meta/batches/epoch_order.h"
#include "meta/batches/group_weights.h"
#include "meta/batches/grouped_order.h"

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

/// Whatever the episodes come from.
class GridBatches : public BatchSource {
 public:
  explicit GridBatches(BatchRules rules) : rules_(std::move(rules)) {}

  Batch batch(const ItemRange& slice, const ItemRange& group) const override {
    GridBatch made = grids(slice, group);
    const torch::Tensor factor =
        factor_of(rules_, made, slice, group, weights_, [&] { return grids(group, group); });
    return {std::move(made), factor};
  }

 protected:
  const BatchRules& rules() const { return rules_; }

 private:
  virtual GridBatch grids(const ItemRange& range, const ItemRange& group) const = 0;

  BatchRules rules_;
  GroupWeights weights_;
};

class StoredBatches : public GridBatches {
 public:
  StoredBatches(EpisodeTensors episodes, const BatchRules& rules)
      : GridBatches(rules),
        episodes_(std::move(episodes)),
        order_(rules.seed, static_cast<std::uint64_t>(episodes_.size())) {}

  std::uint64_t epoch_items() const override { return order_.items(); }

 private:
  GridBatch grids(const ItemRange& range, const ItemRange& group) const override {
    return make_batch(episodes_, order_.rows(range), range.first, rules(), group.first);
  }

  EpisodeTensors episodes_;
  EpochOrder order_;
};

class GroupedBatches : public GridBatches {
 public:
  GroupedBatches(EpisodeGroups episodes, const BatchRules& rules, std::uint64_t block)
      : GridBatches(rules), episodes_(std::move(episodes)), order_(rules.seed, sizes(), block) {}

  std::uint64_t epoch_items() const override { return order_.items(); }

 private:
  std::vector<std::uint64_t> sizes() const {
    std::vector<std::uint64_t> all;
    for (const EpisodeTensors& group : episodes_.groups)
      all.push_back(static_cast<std::uint64_t>(group.size()));
    return all;
  }

  GridBatch grids(const ItemRange& range, const ItemRange& group) const override {
    const GroupedOrder::Rows chosen = order_.rows(range);
    return make_batch(episodes_.groups[chosen.group], chosen.rows, range.first, rules(),
                      group.first);
  }

  EpisodeGroups episodes_;
  GroupedOrder order_;
};

class FreshBatches : public GridBatches {
 public:
  FreshBatches(FreshEpisodes episodes, const BatchRules& rules, torch::Device device)
      : GridBatches(rules), episodes_(std::move(episodes)), device_(device) {}

  std::uint64_t epoch_items() const override { return 0; }

 private:
  GridBatch grids(const ItemRange& range, const ItemRange& group) const override {
    std::vector<Episode> made;
    made.reserve(range.count);
    for (std::uint64_t i = 0; i < range.count; ++i) made.push_back(episodes_.make(range.first + i));
    std::vector<std::int64_t> rows(range.count);
    std::iota(rows.begin(), rows.end(), 0);
    return make_batch(pack_episodes(made).to(device_), rows, range.first, rules(), group.first);
  }

  FreshEpisodes episodes_;
  torch::Device device_;
};

}  // namespace

std::unique_ptr<BatchSource> make_stored_batches(EpisodeTensors episodes, const BatchRules& rules) {
  return std::make_unique<StoredBatches>(std::move(episodes), rules);
}

std::unique_ptr<BatchSource> make_grouped_batches(EpisodeGroups episodes,
                                                  const BatchRules& rules,
                                                  std::uint64_t block) {
  return std::make_unique<GroupedBatches>(std::move(episodes), rules, block);
}

std::unique_ptr<BatchSource> make_fresh_batches(FreshEpisodes episodes,
                                                const BatchRules& rules,
                                                torch::Device device) {
  return std::make_unique<FreshBatches>(std::move(episodes), rules, device);
}

}  // namespace recombine
