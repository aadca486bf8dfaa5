#include "generator/facts/hard.h"

#include <algorithm>
#include <numeric>

namespace recombine {
namespace {

/// What the values of ID entities say of an OOD entity: it lies between them.
struct Bounds {
  std::vector<int> low;   ///< the largest value that an entity is known to reach
  std::vector<int> high;  ///< the smallest value that it is known not to exceed

  /// Whether x is known to reach y: some known value lies between them.
  bool reaches(int x, int y) const {
    return low[static_cast<std::size_t>(x)] >= high[static_cast<std::size_t>(y)];
  }
};

Bounds bounds_of(const ValueTable& table, int attribute, std::span<const ComparedPair> trained) {
  const auto entities = static_cast<std::size_t>(table.entities);
  Bounds bounds{std::vector<int>(entities, -1),
                std::vector<int>(entities, std::numeric_limits<int>::max())};
  const auto learn = [&](int ood, int id) {
    if (!table.is_ood(ood, attribute) || table.is_ood(id, attribute)) return;
    const int value = table.value(id, attribute);
    int& low = bounds.low[static_cast<std::size_t>(ood)];
    int& high = bounds.high[static_cast<std::size_t>(ood)];
    const int order = table.order(attribute, ood, id);
    if (order >= 1) low = std::max(low, value);
    if (order <= 1) high = std::min(high, value);
  };
  for (const auto& [x, y] : trained) {
    learn(x, y);
    learn(y, x);
  }
  return bounds;
}

/// Which OOD entities are reached from an entity along trained comparisons, as bits. Entities that
/// are known to be equal are one group; all other steps lead to a smaller value.
class Reach {
 public:
  Reach(const ValueTable& table,
        int attribute,
        std::vector<ComparedPair> trained,
        const std::vector<int>& targets)
      : group_(static_cast<std::size_t>(table.entities)),
        words_((targets.size() + 63) / 64),
        bits_(group_.size() * words_) {
    std::iota(group_.begin(), group_.end(), std::size_t{0});
    for (auto& [x, y] : trained) {
      const int order = table.order(attribute, x, y);
      if (order == 1) group_[find(x)] = find(y);
      if (order == 0) std::swap(x, y);
    }
    for (std::size_t i = 0; i < targets.size(); ++i)
      row(find(targets[i]))[i / 64] |= std::uint64_t{1} << (i % 64);
    const auto value_of_larger = [&](const ComparedPair& step) {
      return table.value(step.x, attribute);
    };
    std::ranges::sort(trained, {}, value_of_larger);
    for (const auto& [larger, smaller] : trained) add(row(find(larger)), row(find(smaller)));
  }

  bool reaches(int from, std::size_t target) {
    return (row(find(from))[target / 64] >> (target % 64) & 1U) != 0;
  }

 private:
  std::size_t find(int entity) {
    auto root = static_cast<std::size_t>(entity);
    while (group_[root] != root) root = group_[root] = group_[group_[root]];
    return root;
  }
  std::span<std::uint64_t> row(std::size_t root) {
    return std::span(bits_).subspan(root * words_, words_);
  }
  static void add(std::span<std::uint64_t> to, std::span<const std::uint64_t> from) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] |= from[i];
  }

  std::vector<std::size_t> group_;  ///< towards the entity that stands for its group
  std::size_t words_;
  std::vector<std::uint64_t> bits_;
};

}  // namespace

std::vector<ComparedPair> hard_comparisons(const ValueTable& table,
                                           int attribute,
                                           std::span<const ComparedPair> trained) {
  std::vector<int> ood;
  for (int entity = 0; entity < table.entities; ++entity) {
    if (table.is_ood(entity, attribute)) ood.push_back(entity);
  }
  const Bounds bounds = bounds_of(table, attribute, trained);
  Reach reach(table, attribute, {trained.begin(), trained.end()}, ood);
  std::vector<ComparedPair> hard;
  for (std::size_t i = 0; i < ood.size(); ++i) {
    for (std::size_t j = i + 1; j < ood.size(); ++j) {
      const int x = ood[i];
      const int y = ood[j];
      const bool known = bounds.reaches(x, y) || bounds.reaches(y, x);
      if (!known || reach.reaches(x, j) || reach.reaches(y, i)) continue;
      hard.push_back({x, y});
      hard.push_back({y, x});
    }
  }
  return hard;
}

}  // namespace recombine
