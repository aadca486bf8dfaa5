// Which rules there are to choose from, each once.

#include <algorithm>
#include <optional>

#include "data/error.h"
#include "generator/grids/rules/bystanders.h"
#include "generator/grids/rules/plan.h"
#include "generator/grids/solver/solver.h"

namespace recombine {
namespace {

/// Whether two rules do the same to objects without symmetry, at the origin and elsewhere, of a
/// colour that no rule paints and of one that some do.
bool same_effect(const Step& a, const Step& b) {
  static const std::array<Object, 3> kProbes = {{
      {parse_shape("00101121"), 9},
      {parse_shape("0001021222").moved(3, 4), 1},
      {parse_shape("00"), 2},
  }};
  return std::ranges::all_of(kProbes,
                             [&](const Object& probe) { return a.apply(probe) == b.apply(probe); });
}

/// Adds the rule unless one of its type does the same already.
void add_step(std::vector<Step>& steps, const Step& step) {
  const bool known = std::ranges::any_of(steps, [&](const Step& other) {
    return other.transformation == step.transformation && same_effect(other, step);
  });
  if (!known) steps.push_back(step);
}

void add_type(std::vector<Step>& steps, const TypeOptions& type) {
  std::vector<Step> open = {{type.transformation, {}}};
  for (std::size_t i = 0; i < type.options.size(); ++i) {
    std::vector<Step> chosen;
    for (const Step& step : open) {
      for (const int option : type.options[i]) {
        chosen.push_back(step);
        chosen.back().choice.at(i) = option;
      }
    }
    open = std::move(chosen);
  }
  for (const Step& step : open) add_step(steps, step);
}

/// Nothing where the rule is not known.
std::optional<Step> known_step(const Rule& rule) {
  try {
    return to_step(rule);
  } catch (const InputError&) {
    return std::nullopt;
  }
}

/// Whether a colour stays in all pictures that cannot be an indicator's: their colours are known,
/// or a study pair says that it has none.
bool has_bystanders(const Episode& episode) {
  const auto coloured = [](const Indicator& indicator) { return indicator.colour != 0; };
  const auto without_indicators = [](const Example& pair) {
    return pair.roles != kUnknownRoles && pair.roles < role_bit(kFirstIndicatorRole);
  };
  return (std::ranges::all_of(episode.grammar.indicators, coloured) ||
          std::ranges::any_of(episode.study, without_indicators)) &&
         bystander_colour(episode) != 0;
}

}  // namespace

RuleSpace rules_of(const GridConfig& config) {
  RuleSpace space;
  space.same_types = config.fixed_rules;
  space.any_order = config.order_is_drawn();
  space.bystanders = config.bystanders != GridConfig{}.bystanders;
  for (const TypeOptions& type : make_plan(config).types) add_type(space.steps, type);
  return space;
}

bool add_rules_of(const Grammar& grammar, RuleSpace& space) {
  std::vector<Step> steps;
  for (const Rule& rule : grammar.rules) {
    const std::optional<Step> step = known_step(rule);
    if (!step) return false;
    steps.push_back(*step);
  }
  space.any_order = space.any_order || !grammar.order.empty();
  for (const Step& step : steps) {
    add_step(space.steps, step);
    const auto of_type = std::ranges::count(steps, step.transformation, &Step::transformation);
    space.same_types = space.same_types || of_type > 1;
  }
  return true;
}

bool add_rules_of(const Episode& episode, RuleSpace& space) {
  space.bystanders = space.bystanders || has_bystanders(episode);
  return add_rules_of(episode.grammar, space);
}

RuleSpace published_rules() { return rules_of(GridConfig{}); }

}  // namespace recombine
