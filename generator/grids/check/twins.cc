// Whether the episodes of a set of twins are such.

#include <algorithm>
#include <span>

#include "data/error.h"
#include "data/progress.h"
#include "generator/grids/check/verify.h"
#include "generator/grids/split/units.h"

namespace recombine {
namespace {

bool same_inputs(const std::vector<Example>& a, const std::vector<Example>& b) {
  return std::ranges::equal(a, b, [](const Example& one, const Example& other) {
    return one.roles == other.roles && one.input == other.input;
  });
}

/// Which rules of two grammars are not the same.
std::size_t different_rules(const Grammar& a, const Grammar& b) {
  std::size_t different = 0;
  for (std::size_t role = 0; role < a.rules.size(); ++role)
    different += a.rules[role] == b.rules.at(role) ? 0 : 1;
  return different;
}

/// What triggers the rules.
Grammar without_rules(Grammar grammar) {
  grammar.rules.assign(grammar.rules.size(), Rule{});
  grammar.order.clear();
  return grammar;
}

void require_twins(const Episode& a, const Episode& b, const std::string& place) {
  require_data(same_inputs(a.study, b.study) && same_inputs(a.queries, b.queries) &&
                   without_rules(a.grammar) == without_rules(b.grammar),
               place, ": do not show and ask the same inputs under the same triggers");
  const std::size_t rules = different_rules(a.grammar, b.grammar);
  const bool reordered = a.grammar.order != b.grammar.order;
  require_data(rules + (reordered ? 1 : 0) == 1, place, ": differ in ", rules, " rules",
               reordered ? " and in their order" : "", ", and not in one");
  for (std::size_t query = 0; query < a.queries.size(); ++query) {
    require_data(a.queries[query].output != b.queries[query].output, place, ": query ", query,
                 " has the same answer in both");
  }
}

}  // namespace

std::string check_twins(const EpisodeSet& set) {
  for_each_unit(set, [&](std::uint64_t, std::span<const Episode> unit) {
    check_interrupted("run it again");
    const std::string place = cat(set.folder().string(), ": ", unit.front().id);
    require_data(unit.size() == 2, place, ": its twin does not stand behind it");
    require_twins(unit.front(), unit.back(), cat(place, " and ", unit.back().id));
  });
  return cat(set.size(), " episodes, each beside one that differs in one rule and in every answer");
}

}  // namespace recombine
