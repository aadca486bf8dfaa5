#include "models/executor/set_plan.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <set>
#include <tuple>
#include <utility>

#include "models/executor/units.h"

namespace recombine {
namespace {

/// By the first rule, for what a unit is inferred from has been run by earlier rules alone.
bool has_earlier_turn(Roles a, Roles b) {
  return std::tuple(std::countr_zero(a), a) < std::tuple(std::countr_zero(b), b);
}

/// A grid, and the units that are run on it; by the last one only where the item is asked.
struct PlannedItem {
  int grid = 0;
  UnitChain chain;
  bool asked = false;
};

class SetPlanner {
 public:
  SetPlanner(const std::vector<Roles>& study, const PlanRules& rules)
      : pairs_(static_cast<int>(study.size())),
        table_(study, rules.explain_away),
        every_(rules.every_chain) {}

  void ask(const QueryKind& kind, int query) {
    const bool repeats = kind.study >= 0;
    const UnitChain chain =
        chosen_chain(table_, kind.roles, static_cast<std::size_t>(query), every_, repeats);
    int grid = kind.study;
    if (!repeats) {
      grid = pairs_ + static_cast<int>(plan_.new_queries.size());
      plan_.new_queries.push_back(query);
    }
    const int item = item_of(grid, chain);
    items_[static_cast<std::size_t>(item)].asked = true;
    plan_.answers.push_back(item);
    want(chain);
  }

  /// Infers the units of a chain, and those that their evidence must be run by.
  void want(const UnitChain& chain) {
    for (const Roles unit : chain) {
      if (!wanted_.insert(unit).second) continue;
      for (const UnitEvidence& evidence : table_.evidence(unit)) want(evidence.before);
    }
  }
  void want_all() {
    plan_.chain = chosen_chain(table_, kAllRoles, 0, false, false);
    want(plan_.chain);
  }

  ExecutorPlan plan() {
    std::vector<Roles> units(wanted_.begin(), wanted_.end());
    std::ranges::sort(units, has_earlier_turn);
    for (const Roles unit : units) {
      RuleTurn& turn = plan_.turns.emplace_back();
      turn.unit = unit;
      for (const UnitEvidence& evidence : table_.evidence(unit)) {
        UnitChain chain = evidence.before;
        chain.push_back(unit);
        turn.evidence.push_back(item_of(evidence.pair, chain));
      }
    }
    for (RuleTurn& turn : plan_.turns) {
      for (std::size_t item = 0; item < items_.size(); ++item) {
        const auto& [grid, chain, asked] = items_[item];
        const auto at = std::ranges::find(chain, turn.unit);
        if (at != chain.end() && (asked || at + 1 != chain.end()))
          turn.execute.push_back(static_cast<int>(item));
      }
    }
    for (const PlannedItem& item : items_) plan_.grids.push_back(item.grid);
    return std::move(plan_);
  }

 private:
  /// Of a study pair by a chain there is one item.
  int item_of(int grid, const UnitChain& chain) {
    const auto same = [&](const PlannedItem& item) {
      return item.grid == grid && item.chain == chain;
    };
    const auto known = std::ranges::find_if(items_, same);
    if (known != items_.end()) return static_cast<int>(known - items_.begin());
    items_.push_back({.grid = grid, .chain = chain});
    return static_cast<int>(items_.size()) - 1;
  }

  int pairs_;
  UnitTable table_;
  bool every_;
  std::set<Roles> wanted_;
  std::vector<PlannedItem> items_;
  ExecutorPlan plan_;
};

}  // namespace

ExecutorPlan set_plan(const std::vector<Roles>& study,
                      const std::vector<QueryKind>& queries,
                      const PlanRules& rules) {
  SetPlanner planner(study, rules);
  for (std::size_t query = 0; query < queries.size(); ++query)
    planner.ask(queries[query], static_cast<int>(query));
  if (queries.empty()) planner.want_all();
  return planner.plan();
}

}  // namespace recombine
