#include <algorithm>
#include <utility>

#include "data/components.h"
#include "data/formats/carc/carc.h"
#include "data/triggers.h"

namespace recombine {
namespace {

/// p of each one-rule section, q of each two-rule section, the rest few-shot examples.
std::vector<Roles> layout(std::size_t p, std::size_t q, std::size_t size) {
  std::vector<Roles> roles;
  for (std::size_t place = 0; place < kStudySections.size(); ++place) {
    roles.insert(roles.end(), place < 3 ? p : q, kStudySections[place]);
  }
  roles.resize(size, kAllRoles);
  return roles;
}

/// For each place how many of the pairs before it have an indicator: [S + 1].
std::vector<std::size_t> indicators_before(std::span<const Example> study) {
  std::vector<std::size_t> before = {0};
  for (const Example& example : study)
    before.push_back(before.back() + (count_objects(example.input) > 1 ? 1 : 0));
  return before;
}

/// Whether an indicator is where layout(p, q) wants one, and nowhere else.
bool fits(std::size_t p, std::size_t q, const std::vector<std::size_t>& before) {
  std::size_t begin = 0;
  const auto section_fits = [&](std::size_t pairs, Roles roles) {
    const std::size_t found = before[begin + pairs] - before[begin];
    begin += pairs;
    return found == ((roles & kIndicatorRole) != 0 ? pairs : 0);
  };
  for (std::size_t place = 0; place < kStudySections.size(); ++place) {
    if (!section_fits(place < 3 ? p : q, kStudySections[place])) return false;
  }
  return section_fits(before.size() - 1 - begin, kAllRoles);
}

/// Whether every example has at least the triggers of its roles: an order that fits a shuffled set
/// by chance has not.
bool triggered(std::span<const Example> study,
               const std::vector<Roles>& roles,
               const Triggers& triggers) {
  for (std::size_t i = 0; i < study.size(); ++i) {
    if (roles[i] == kUnknownRoles) return false;
    if ((roles[i] & ~roles_under(triggers, study[i].input)) != 0) return false;
  }
  return true;
}

}  // namespace

int count_objects(const Grid& grid) { return static_cast<int>(connected_components(grid).size()); }

std::vector<Roles> infer_roles(std::span<const Example> study) {
  const std::vector<std::size_t> before = indicators_before(study);
  const std::size_t size = study.size();
  for (std::size_t sections = size / 3 + 1; sections-- > 0;) {  // p + q: the few-shot rest grows
    for (std::size_t p = 0; p <= sections; ++p) {
      if (fits(p, sections - p, before)) return layout(p, sections - p, size);
    }
  }
  std::vector<Roles> unknown(size, kUnknownRoles);
  return unknown;
}

void name_roles(Episode& episode) {
  std::vector<Roles> roles = infer_roles(episode.study);
  std::vector<Grid> asked;
  for (const Example& query : episode.queries) asked.push_back(query.input);
  const std::vector<Triggers> possible = possible_triggers(episode.study, asked);
  const bool contradicted =
      possible.size() == 1 && !triggered(episode.study, roles, possible.front());
  for (std::size_t i = 0; i < roles.size(); ++i) {
    Example& example = episode.study[i];
    example.roles = contradicted ? roles_under(possible.front(), example.input) : roles[i];
  }
}

}  // namespace recombine
