#pragma once
// Orders in which an episode may apply its rules. Without tensors.

#include <array>
#include <cstddef>
#include <vector>

#include "data/episode.h"
#include "models/executor/plan.h"

namespace recombine {

/// The role whose rule is applied first, second and third.
using RuleOrder = std::array<std::size_t, kUsualRoles>;

inline constexpr RuleOrder kUsualOrder = {0, 1, 2};

/// All six, the usual one first.
std::vector<RuleOrder> rule_orders();

/// As executor_plan(), for episodes that apply their rules in this order. Its units are of roles,
/// as the data has them.
ExecutorPlan plan_in_order(const std::vector<Roles>& study,
                           const std::vector<QueryKind>& queries,
                           const PlanRules& rules,
                           const RuleOrder& order);

}  // namespace recombine
