#pragma once
// Which grids an executor runs by which rule, and which pairs show a rule. Without tensors: the
// same for all episodes of a batch.

#include <array>
#include <vector>

#include "models/batch.h"
#include "models/config.h"

namespace recombine {

/// The rules in their order: shape, colour, indicator.
inline constexpr std::array<Roles, 3> kRuleOrder = {kShapeRole, kColourRole, kIndicatorRole};

/// The turn of a rule, or of a unit of rules (units.h). Items that are the study pairs come first,
/// then queries; where units are sets of rules, a study pair is an item for each chain of units
/// that it is run by.
struct RuleTurn {
  Roles unit = 0;
  std::vector<int> evidence;  ///< items, each of a study pair, that the unit is inferred from
  std::vector<int> execute;   ///< items that the unit is run on
};

struct ExecutorPlan {
  std::vector<RuleTurn> turns;   ///< where units are rules, one a rule of kRuleOrder
  std::vector<int> grids;        ///< of each item: the study pair, or S + its place in new_queries
  std::vector<int> new_queries;  ///< queries that repeat no study pair
  std::vector<int> answers;      ///< [Q] the item that answers each query
  std::vector<Roles> chain;      ///< without queries: the units that one of all rules is run by

  /// The grids of some items.
  std::vector<int> grids_of(const std::vector<int>& items) const;
  /// Whether the items are the study pairs and the new queries, as they stand.
  bool has_an_item_a_grid(std::size_t pairs) const;
};

/// How a plan is made: what of a config it reads, and whether queries are to be learned from.
struct PlanRules {
  bool sets = false;  ///< whether units are sets of rules
  bool explain_away = true;
  bool every_chain = false;  ///< whether queries are run by other chains than the best ones too
};
PlanRules plan_rules(const ModelConfig& config, bool learns);

/// Where units are rules: a pair is evidence for its last rule, the rules before it having been run
/// on its input; without `explain_away` only a pair of one rule is. A rule that has no evidence so
/// is inferred from all pairs that need it, as they stand. A study pair is run by its last rule
/// only where it is asked. Where units are sets of rules: as UnitTable says. Without queries, what
/// a query of all rules would need is inferred. Throws InputError for study pairs of unknown
/// sections, and for a rule that no pair shows.
ExecutorPlan executor_plan(const std::vector<Roles>& study,
                           const std::vector<QueryKind>& queries,
                           const PlanRules& rules);

/// Where an asked item is a study pair that is evidence as well, the rule is inferred for it from
/// the rest of the evidence.
struct LeftOut {
  std::vector<std::int64_t> pairs;  ///< positions in the evidence of the pairs that are asked
  std::vector<std::int64_t> rows;   ///< of each item: 1 + i where it is pairs[i], else 0

  /// Of each item: the position in the evidence of the pair that it does without, or -1.
  std::vector<std::int64_t> missed() const;
};

/// evidence, items: the grids of the pairs of evidence and of the items. No pair where `on` is
/// false, or where there is no other evidence.
LeftOut left_out(const std::vector<int>& evidence, const std::vector<int>& items, bool on);

}  // namespace recombine
