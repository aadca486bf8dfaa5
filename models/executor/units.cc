#include "models/executor/units.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <set>
#include <utility>

#include "data/error.h"

namespace recombine {
namespace {

unsigned bits_of(Roles roles) { return roles; }

bool is_single(Roles roles) { return std::has_single_bit(roles); }

/// The rules of `roles` before the first one of `unit`.
Roles rules_before(Roles roles, Roles unit) {
  const unsigned first = 1U << static_cast<unsigned>(std::countr_zero(unit));
  return static_cast<Roles>(bits_of(roles) & (first - 1U));
}

/// Every way to cut rules into runs of neighbours, as chains.
std::vector<UnitChain> cuts_of(Roles roles) {
  std::vector<Roles> rules;
  for (std::size_t rule = 0; rule < kMaxRoles; ++rule) {
    if (has_role(roles, rule)) rules.push_back(role_bit(rule));
  }
  std::vector<UnitChain> all;
  if (rules.empty()) return all;
  for (unsigned joined = 0; joined < (1U << (rules.size() - 1U)); ++joined) {
    UnitChain chain{rules.front()};
    for (std::size_t i = 1; i < rules.size(); ++i) {
      if (((joined >> (rules.size() - 1U - i)) & 1U) != 0) {
        chain.back() = static_cast<Roles>(bits_of(chain.back()) | bits_of(rules[i]));
      } else {
        chain.push_back(rules[i]);
      }
    }
    all.push_back(std::move(chain));
  }
  return all;
}

}  // namespace

UnitTable::UnitTable(std::vector<Roles> study, bool explain_away)
    : study_(std::move(study)), explain_away_(explain_away) {}

bool UnitTable::is_shown(Roles unit) const { return !shown_by(unit).empty(); }

int UnitTable::joint_rules(const UnitChain& chain) const {
  return static_cast<int>(
      std::ranges::count_if(chain, [this](Roles unit) { return !is_shown(unit); }));
}

bool UnitTable::tells_apart(const UnitChain& chain) const {
  return std::ranges::all_of(chain, [this](Roles unit) {
    std::set<Roles> sections;
    for (const Roles roles : study_) {
      if ((bits_of(roles) & bits_of(unit)) != 0) sections.insert(roles);
    }
    return is_shown(unit) || sections.size() > 1;
  });
}

std::vector<UnitEvidence> UnitTable::shown_by(Roles unit) const {
  std::vector<UnitEvidence> found;
  for (std::size_t pair = 0; pair < study_.size(); ++pair) {
    const Roles roles = study_[pair];
    const Roles before = rules_before(roles, unit);
    if (roles == kUnknownRoles || bits_of(roles) != (bits_of(before) | bits_of(unit))) continue;
    UnitEvidence evidence{.pair = static_cast<int>(pair)};
    if (before != 0) {
      if (!explain_away_) continue;
      const std::vector<UnitChain>& ways = chains(before);
      if (ways.empty() || joint_rules(ways.front()) > 0) continue;
      evidence.before = ways.front();
    }
    found.push_back(std::move(evidence));
  }
  return found;
}

std::vector<UnitEvidence> UnitTable::joint_evidence(Roles rule) const {
  std::vector<UnitEvidence> last;
  std::vector<UnitEvidence> any;
  for (std::size_t pair = 0; pair < study_.size(); ++pair) {
    const Roles roles = study_[pair];
    if ((bits_of(roles) & bits_of(rule)) == 0) continue;
    UnitEvidence evidence{.pair = static_cast<int>(pair)};
    any.push_back(evidence);
    const Roles before = rules_before(roles, rule);
    if (!explain_away_ || bits_of(roles) != (bits_of(before) | bits_of(rule))) continue;
    // Three rules that are never shown apart do not tell where the last one begins.
    if (before == 0 || !is_single(before) || chains(before).empty()) continue;
    evidence.before = chains(before).front();
    last.push_back(std::move(evidence));
  }
  return last.empty() ? any : last;
}

std::vector<UnitChain> UnitTable::find_chains(Roles roles) const {
  std::vector<UnitChain> found;
  for (const UnitChain& chain : cuts_of(roles)) {
    const bool runs = std::ranges::all_of(chain, [this](Roles unit) {
      return is_shown(unit) || (is_single(unit) && !joint_evidence(unit).empty());
    });
    if (runs) found.push_back(chain);
  }
  std::ranges::stable_sort(found, [this](const UnitChain& a, const UnitChain& b) {
    const int joint_a = joint_rules(a);
    const int joint_b = joint_rules(b);
    return joint_a != joint_b ? joint_a < joint_b : a.size() > b.size();
  });
  return found;
}

const std::vector<UnitChain>& UnitTable::chains(Roles roles) const {
  const auto known = chains_.find(roles);
  if (known != chains_.end()) return known->second;
  std::vector<UnitChain> found = find_chains(roles);
  return chains_.emplace(roles, std::move(found)).first->second;
}

const std::vector<UnitEvidence>& UnitTable::evidence(Roles unit) const {
  const auto known = evidence_.find(unit);
  if (known != evidence_.end()) return known->second;
  std::vector<UnitEvidence> found = shown_by(unit);
  if (found.empty()) found = joint_evidence(unit);
  return evidence_.emplace(unit, std::move(found)).first->second;
}

UnitChain chosen_chain(
    const UnitTable& units, Roles roles, std::size_t query, bool every, bool repeats) {
  const std::vector<UnitChain>& all = units.chains(roles);
  require(!all.empty(), "the model executor: no study pair shows some rule of ",
          section_name(roles));
  if (!every || query % 2 == 0) return all.front();
  std::vector<UnitChain> others;
  for (const UnitChain& chain : all) {
    const bool enough = !repeats || std::ranges::all_of(chain, [&](Roles unit) {
      return units.evidence(unit).size() > 1;
    });
    if (chain != all.front() && enough && units.tells_apart(chain)) others.push_back(chain);
  }
  return others.empty() ? all.front() : others[query / 2 % others.size()];
}

}  // namespace recombine
