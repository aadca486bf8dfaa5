#pragma once
// The plan of an executor whose units are sets of rules.

#include <vector>

#include "models/executor/plan.h"

namespace recombine {

/// As executor_plan(), which see.
ExecutorPlan set_plan(const std::vector<Roles>& study,
                      const std::vector<QueryKind>& queries,
                      const PlanRules& rules);

}  // namespace recombine
