#pragma once
// Units: the sets of rules that a study set shows together, and how a query is answered by running
// some of them one after another. Without tensors.

#include <map>
#include <vector>

#include "data/episode.h"

namespace recombine {

/// Sets of rules that are run one after another; together the rules of a grid, in their order.
using UnitChain = std::vector<Roles>;

/// A study pair that shows a unit once the units `before` have been run on its input.
struct UnitEvidence {
  int pair = 0;
  UnitChain before = {};

  friend bool operator==(const UnitEvidence&, const UnitEvidence&) = default;
};

/// What a study set shows. A unit is shown by pairs of exactly its rules and, where pairs of two
/// units are evidence for the later one, by pairs of it and of earlier rules that are shown
/// themselves. A single rule that is not shown is *joint*: it is inferred from pairs that it shares
/// with other rules, as they stand or behind other joint rules.
class UnitTable {
 public:
  UnitTable(std::vector<Roles> study, bool explain_away);

  /// Every chain for a grid of these rules, the best one first: with the fewest joint rules, then
  /// with the most units, then with the finest first. Empty where some rule is in no pair.
  const std::vector<UnitChain>& chains(Roles roles) const;
  /// What a unit of a chain is inferred from.
  const std::vector<UnitEvidence>& evidence(Roles unit) const;
  /// Whether pairs show it without any joint rule.
  bool is_shown(Roles unit) const;
  /// Joint rules of a chain.
  int joint_rules(const UnitChain& chain) const;
  /// Whether every joint rule of a chain is in pairs of two sections or more, which tell it apart.
  bool tells_apart(const UnitChain& chain) const;

 private:
  std::vector<UnitEvidence> shown_by(Roles unit) const;
  std::vector<UnitEvidence> joint_evidence(Roles rule) const;
  std::vector<UnitChain> find_chains(Roles roles) const;

  std::vector<Roles> study_;
  bool explain_away_;
  mutable std::map<Roles, std::vector<UnitChain>> chains_;       ///< those that were asked for
  mutable std::map<Roles, std::vector<UnitEvidence>> evidence_;  ///< the same
};

/// Which of a table's chains for `roles` the query of this number is run by: the best one; or, with
/// `every`, in turn the best one and another that tells its joint rules apart. With `repeats` (a
/// study pair is asked) another chain needs two pairs of evidence for each unit. Throws InputError
/// where no pair shows some rule.
UnitChain chosen_chain(
    const UnitTable& units, Roles roles, std::size_t query, bool every, bool repeats);

}  // namespace recombine
