#pragma once
// Entities with attributes, whose values are compared, and a walk over all pairs of them.

#include <cstdint>
#include <vector>

#include "data/random.h"
#include "generator/facts/config.h"
#include "generator/facts/pool.h"
#include "generator/facts/selection.h"

namespace recombine {

/// The value of each attribute of each entity, and which of these facts are held out of trained
/// comparisons (arXiv 2405.15071, section 4).
struct ValueTable {
  int entities = 0;
  int attributes = 0;
  std::vector<int> values;        ///< [entity][attribute]
  std::vector<std::uint8_t> ood;  ///< [entity][attribute]

  int value(int entity, int attribute) const { return values[place(entity, attribute)]; }
  bool is_ood(int entity, int attribute) const { return ood[place(entity, attribute)] != 0; }
  /// 0: x has the smaller value, 1: both have the same, 2: x has the larger.
  int order(int attribute, int x, int y) const {
    const int a = value(x, attribute);
    const int b = value(y, attribute);
    return a < b ? 0 : a == b ? 1 : 2;
  }
  std::uint64_t ood_facts() const;

 private:
  std::size_t place(int entity, int attribute) const {
    return static_cast<std::size_t>(entity) * static_cast<std::size_t>(attributes) +
           static_cast<std::size_t>(attribute);
  }
};

/// A function of the config's seed, sizes and `ood-fraction`: values are uniform; of each attribute
/// the facts of round(ood-fraction x entities) entities are held out.
ValueTable make_values(const FactConfig& config);

/// "Is x's attribute the larger?", asked in the order x, y and in the order y, x; x < y.
struct Pair {
  int attribute = 0;
  int x = 0;
  int y = 0;
  Pool pool = Pool::kDiscarded;
};

/// Calls visit(const Pair&) for each pair of different entities of `attribute`, in order.
template <class Visit>
void for_each_pair(const ValueTable& table,
                   const FactConfig& config,
                   int attribute,
                   const Visit& visit) {
  CounterRandom tests(config.seed, static_cast<std::uint64_t>(attribute), Stream::kFactTest);
  const std::uint32_t limit = word_limit(config.test_fraction);
  Pair pair{attribute};
  for (pair.x = 0; pair.x < table.entities; ++pair.x) {
    const bool x_ood = table.is_ood(pair.x, attribute);
    for (pair.y = pair.x + 1; pair.y < table.entities; ++pair.y) {
      const bool tested = tests.word() < limit;
      const bool y_ood = table.is_ood(pair.y, attribute);
      pair.pool = x_ood != y_ood ? Pool::kDiscarded
                  : x_ood        ? Pool::kOodTest
                  : tested       ? Pool::kIdTest
                                 : Pool::kTraining;
      visit(static_cast<const Pair&>(pair));
    }
  }
}

}  // namespace recombine
