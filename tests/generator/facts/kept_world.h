#pragma once
// A world in memory, for tests.

#include <algorithm>
#include <array>
#include <set>

#include "generator/facts/world.h"

namespace recombine {

/// Keeps every item of a world.
class KeptWorld : public WorldSink {
 public:
  explicit KeptWorld(const FactConfig& config) : pools_(make_world(config, *this)) {}

  void put(WorldSet set, const FactItem& item) override {
    sets_.at(static_cast<std::size_t>(set)).push_back(item);
  }

  const std::vector<FactItem>& operator[](WorldSet set) const {
    return sets_.at(static_cast<std::size_t>(set));
  }
  std::vector<FactItem> trained(FactType type) const {
    std::vector<FactItem> items;
    std::ranges::copy_if((*this)[WorldSet::kTrain], std::back_inserter(items),
                         [&](const FactItem& item) { return item.type == type; });
    return items;
  }
  /// The number of the pool called `name`; 0 where there is none.
  std::uint64_t pool(std::string_view name) const {
    const auto found = std::ranges::find(pools_, name, [](const auto& pool) { return pool.first; });
    return found == pools_.end() ? 0 : found->second;
  }

 private:
  std::array<std::vector<FactItem>, kWorldSetNames.size()> sets_;
  PoolCounts pools_;
};

/// Only counts the pools.
class NoSink : public WorldSink {
 public:
  void put(WorldSet, const FactItem&) override {}
};

inline std::set<std::string> ids_of(const std::vector<FactItem>& items) {
  std::set<std::string> ids;
  for (const FactItem& item : items) ids.insert(item.id);
  return ids;
}

/// The small setting: 4,000 facts, 80,000 chains.
inline FactConfig small_world() {
  FactConfig config;
  config.entities = 200;
  config.relations = 40;
  return config;
}

}  // namespace recombine
