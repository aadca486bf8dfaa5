#include "generator/facts/pairs.h"

#include <algorithm>

namespace recombine {

std::uint64_t ValueTable::ood_facts() const {
  return static_cast<std::uint64_t>(std::ranges::count(ood, 1));
}

ValueTable make_values(const FactConfig& config) {
  ValueTable table;
  table.entities = config.entities;
  table.attributes = config.relations;
  const auto entities = static_cast<std::uint64_t>(config.entities);
  const auto attributes = static_cast<std::uint64_t>(config.relations);
  for (std::uint64_t entity = 0; entity < entities; ++entity) {
    CounterRandom random(config.seed, entity, Stream::kFactValues);
    for (std::uint64_t i = 0; i < attributes; ++i)
      table.values.push_back(
          static_cast<int>(random.below(static_cast<std::uint32_t>(config.values))));
  }
  table.ood.resize(table.values.size());
  for (std::uint64_t attribute = 0; attribute < attributes; ++attribute) {
    Selection held_out(CounterRandom(config.seed, attribute, Stream::kFactOod),
                       rounded_share(config.ood_fraction, entities), entities);
    for (std::uint64_t entity = 0; entity < entities; ++entity)
      table.ood[entity * attributes + attribute] = held_out.next() ? 1 : 0;
  }
  return table;
}

}  // namespace recombine
