#pragma once
// The graph of facts: which relations lead from each entity to which other.

#include <cstdint>
#include <vector>

#include "data/fact.h"
#include "generator/facts/config.h"

namespace recombine {

/// An edge. Its head is the entity that it belongs to.
struct Fact {
  Token relation = 0;
  Token tail = 0;
  bool ood = false;  ///< never within a trained composition

  friend bool operator==(const Fact&, const Fact&) = default;
};

/// `degree` facts for each entity, in the order in which they were drawn.
struct FactGraph {
  int degree = 0;
  std::vector<Fact> facts;  ///< of entity 0, of entity 1, ...

  Token entities() const {
    return static_cast<Token>(facts.size() / static_cast<std::size_t>(degree));
  }
  /// Requires 0 <= slot < degree.
  const Fact& fact(Token head, int slot) const {
    return facts[static_cast<std::size_t>(head) * static_cast<std::size_t>(degree) +
                 static_cast<std::size_t>(slot)];
  }
  /// Whether (head, relation, tail) is a fact that is held out.
  bool is_ood(Token head, Token relation, Token tail) const;
  std::uint64_t ood_facts() const;
};

/// The graph of a config: a function of its seed, sizes, `permutations` and `ood-fraction` alone
/// (arXiv 2405.15071, section 2). Relations of an entity are drawn without replacement, tails from
/// all entities; round(ood-fraction x facts) facts are held out. Requires config.validate().
FactGraph make_graph(const FactConfig& config);

}  // namespace recombine
