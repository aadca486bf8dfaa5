#include "generator/grids/search/twin.h"

#include <algorithm>
#include <cctype>
#include <span>
#include <utility>
#include <vector>

#include "data/error.h"
#include "generator/grids/search/draw.h"

namespace recombine {
namespace {

/// What the queries' rules make of the role shape, wherever it stands: transformations commute with
/// moves. Nothing where one of them fails.
std::optional<Object> result_of(const DraftGrammar& grammar) {
  std::optional<Object> object = Object{grammar.role_shape, grammar.role_colour};
  const Steps steps = steps_in_force(grammar, grammar.all_roles());
  for (const Step* step : steps.all()) {
    if (object) object = step->apply(*object);
  }
  return object;
}

std::span<const Step> steps_of(const DraftGrammar& grammar) {
  return {grammar.steps.data(), grammar.roles};
}

/// Whether a rule is of the type of one of the others than that of the role `changed`.
bool is_taken(const DraftGrammar& grammar, const Step& step, std::size_t changed) {
  for (std::size_t role = 0; role < grammar.roles; ++role) {
    if (role != changed && grammar.steps.at(role).transformation == step.transformation)
      return true;
  }
  return false;
}

/// All grammars with one rule changed: another choice of its type's parameters, or another type.
std::vector<DraftGrammar> changed_grammars(const DraftGrammar& grammar,
                                           const RuleSpace& space,
                                           bool same_type) {
  std::vector<DraftGrammar> changed;
  const std::optional<Object> right = result_of(grammar);
  for (std::size_t role = 0; role < grammar.roles; ++role) {
    for (const Step& step : space.steps) {
      const bool same = step.transformation == steps_of(grammar)[role].transformation;
      if (same != same_type || is_taken(grammar, step, role)) continue;
      DraftGrammar other = grammar;
      other.steps.at(role) = step;
      const std::optional<Object> result = result_of(other);
      if (!result || result == right || equal_parameters(other.steps[0], other.steps[1])) continue;
      changed.push_back(other);
    }
  }
  return changed;
}

/// All grammars in which two rules have changed places in the order.
std::vector<DraftGrammar> reordered_grammars(const DraftGrammar& grammar) {
  std::vector<DraftGrammar> changed;
  const std::optional<Object> right = result_of(grammar);
  for (std::size_t one = 0; one < grammar.roles; ++one) {
    for (std::size_t other = one + 1; other < grammar.roles; ++other) {
      DraftGrammar swapped = grammar;
      std::swap(swapped.order.at(one), swapped.order.at(other));
      const std::optional<Object> result = result_of(swapped);
      if (result && result != right) changed.push_back(swapped);
    }
  }
  return changed;
}

}  // namespace

std::optional<std::string> twin_id(std::string_view id) {
  const bool changed = is_changed_twin(id);
  const std::string_view whole = changed ? id.substr(0, id.size() - 1) : id;
  const bool numbered = whole.size() > 1 && whole.front() == 'e' &&
                        std::ranges::all_of(whole.substr(1), [](unsigned char digit) {
                          return std::isdigit(digit) != 0;
                        });
  if (!numbered) return std::nullopt;
  return changed ? std::string(whole) : cat(id, "t");
}

std::optional<DraftGrammar> draw_twin(CounterRandom& random,
                                      std::string_view change,
                                      const RuleSpace& space,
                                      const DraftGrammar& grammar) {
  std::vector<DraftGrammar> changed;
  if (change == "order") {
    changed = reordered_grammars(grammar);
  } else {
    const bool same_type = change == "any" ? random.below(2) == 0 : change == "parameter";
    changed = changed_grammars(grammar, space, same_type);
  }
  if (changed.empty()) return std::nullopt;
  return changed[random.below(static_cast<std::uint32_t>(changed.size()))];
}

Draft with_rules(const Draft& draft, const DraftGrammar& grammar, int side) {
  Draft changed = draft;
  changed.grammar = grammar;
  for (DraftSection& section : changed.sections) {
    const Steps steps = steps_in_force(grammar, section.roles);
    for (DraftPair& pair : section.pairs)
      pair.output = apply_steps(steps, pair.input, side).value();
  }
  return changed;
}

bool study_differs(const Draft& a, const Draft& b) {
  bool any = false;
  for (std::size_t section = 0; section < a.sections.size(); ++section) {
    if (a.sections[section].asked) continue;
    const auto& pairs = a.sections[section].pairs;
    any = any || !pairs.empty();
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (pairs[i].output != b.sections[section].pairs[i].output) return true;
    }
  }
  return !any;
}

bool queries_differ(const Draft& a, const Draft& b) {
  for (std::size_t section = 0; section < a.sections.size(); ++section) {
    if (!a.sections[section].asked) continue;
    const auto& pairs = a.sections[section].pairs;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (pairs[i].output == b.sections[section].pairs[i].output) return false;
    }
  }
  return true;
}

}  // namespace recombine
