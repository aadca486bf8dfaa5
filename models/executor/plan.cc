#include "models/executor/plan.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "data/error.h"
#include "models/executor/set_plan.h"

namespace recombine {
namespace {

bool needs(Roles roles, Roles rule) { return (roles & rule) != 0; }

/// The latest rule in `roles`.
Roles last_rule(Roles roles) { return static_cast<Roles>(std::bit_floor(roles)); }

std::vector<int> evidence_for(Roles rule, const std::vector<Roles>& study, bool explain_away) {
  std::vector<int> last;
  std::vector<int> any;
  for (int pair = 0; pair < static_cast<int>(study.size()); ++pair) {
    const Roles roles = study[static_cast<std::size_t>(pair)];
    if (!needs(roles, rule)) continue;
    any.push_back(pair);
    // A pair of all three rules shows none of them.
    const bool shows = last_rule(roles) == rule && roles != kAllRoles;
    if (shows && (explain_away || roles == rule)) last.push_back(pair);
  }
  return last.empty() ? any : last;
}

/// Where units are rules.
ExecutorPlan rule_plan(const std::vector<Roles>& study,
                       const std::vector<QueryKind>& queries,
                       bool explain_away) {
  ExecutorPlan plan;
  std::vector<Roles> roles = study;
  std::vector<bool> asked(study.size(), false);
  for (int query = 0; query < static_cast<int>(queries.size()); ++query) {
    const QueryKind& kind = queries[static_cast<std::size_t>(query)];
    if (kind.study >= 0) {
      asked[static_cast<std::size_t>(kind.study)] = true;
      plan.answers.push_back(kind.study);
      continue;
    }
    plan.answers.push_back(static_cast<int>(roles.size()));
    plan.new_queries.push_back(query);
    roles.push_back(kind.roles);
    asked.push_back(true);
  }
  plan.grids.resize(roles.size());
  std::iota(plan.grids.begin(), plan.grids.end(), 0);
  plan.chain.assign(kRuleOrder.begin(), kRuleOrder.end());
  for (const Roles rule : kRuleOrder) {
    RuleTurn& to = plan.turns.emplace_back();
    to.unit = rule;
    for (int item = 0; item < static_cast<int>(roles.size()); ++item) {
      const Roles own = roles[static_cast<std::size_t>(item)];
      const bool explained = explain_away && last_rule(own) != rule;
      const bool runs = asked[static_cast<std::size_t>(item)] || (explained && own != kAllRoles);
      if (needs(own, rule) && runs) to.execute.push_back(item);
    }
    to.evidence = evidence_for(rule, study, explain_away);
    require(to.execute.empty() || !to.evidence.empty(),
            "the model executor: no study pair shows the rule of the ", section_name(rule),
            " role");
  }
  return plan;
}

}  // namespace

PlanRules plan_rules(const ModelConfig& config, bool learns) {
  return {.sets = config.units == "sets",
          .explain_away = config.explain_away,
          .every_chain = learns && config.chains == "every"};
}

ExecutorPlan executor_plan(const std::vector<Roles>& study,
                           const std::vector<QueryKind>& queries,
                           const PlanRules& rules) {
  const bool known = !study.empty() && std::ranges::find(study, kUnknownRoles) == study.end();
  require(known,
          "the model executor needs study pairs, and to know the section of each; the data has "
          "none, or does not say (a model trained with --model.sections hidden finds them)");
  return rules.sets ? set_plan(study, queries, rules)
                    : rule_plan(study, queries, rules.explain_away);
}

std::vector<int> ExecutorPlan::grids_of(const std::vector<int>& items) const {
  std::vector<int> of;
  of.reserve(items.size());
  for (const int item : items) of.push_back(grids[static_cast<std::size_t>(item)]);
  return of;
}

bool ExecutorPlan::has_an_item_a_grid(std::size_t pairs) const {
  if (grids.size() != pairs + new_queries.size()) return false;
  for (std::size_t i = 0; i < grids.size(); ++i) {
    if (grids[i] != static_cast<int>(i)) return false;
  }
  return true;
}

std::vector<std::int64_t> LeftOut::missed() const {
  std::vector<std::int64_t> positions;
  positions.reserve(rows.size());
  for (const std::int64_t row : rows)
    positions.push_back(row == 0 ? -1 : pairs[static_cast<std::size_t>(row - 1)]);
  return positions;
}

LeftOut left_out(const std::vector<int>& evidence, const std::vector<int>& items, bool on) {
  LeftOut left;
  for (const int item : items) {
    const auto own = std::ranges::find(evidence, item);
    const bool leaves = on && evidence.size() > 1 && own != evidence.end();
    if (leaves) left.pairs.push_back(own - evidence.begin());
    left.rows.push_back(leaves ? static_cast<std::int64_t>(left.pairs.size()) : 0);
  }
  return left;
}

}  // namespace recombine
