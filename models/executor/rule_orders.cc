#include "models/executor/rule_orders.h"

#include <algorithm>

namespace recombine {
namespace {

/// Bit i: whether the rule that is applied as the i-th is among the roles.
Roles by_turn(Roles roles, const RuleOrder& order) {
  unsigned bits = 0;
  for (std::size_t turn = 0; turn < order.size(); ++turn) {
    if (has_role(roles, order[turn])) bits |= role_bit(turn);
  }
  return static_cast<Roles>(bits);
}

Roles by_role(Roles turns, const RuleOrder& order) {
  unsigned bits = 0;
  for (std::size_t turn = 0; turn < order.size(); ++turn) {
    if (has_role(turns, turn)) bits |= role_bit(order[turn]);
  }
  return static_cast<Roles>(bits);
}

}  // namespace

std::vector<RuleOrder> rule_orders() {
  std::vector<RuleOrder> all;
  RuleOrder order = kUsualOrder;
  do {
    all.push_back(order);
  } while (std::ranges::next_permutation(order).found);
  return all;
}

ExecutorPlan plan_in_order(const std::vector<Roles>& study,
                           const std::vector<QueryKind>& queries,
                           const PlanRules& rules,
                           const RuleOrder& order) {
  if (order == kUsualOrder) return executor_plan(study, queries, rules);
  std::vector<Roles> shown = study;
  for (Roles& roles : shown) roles = by_turn(roles, order);
  std::vector<QueryKind> asked = queries;
  for (QueryKind& kind : asked) kind.roles = by_turn(kind.roles, order);
  ExecutorPlan plan = executor_plan(shown, asked, rules);
  for (RuleTurn& turn : plan.turns) turn.unit = by_role(turn.unit, order);
  for (Roles& unit : plan.chain) unit = by_role(unit, order);
  return plan;
}

}  // namespace recombine
