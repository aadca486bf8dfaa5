#include "generator/grids/search/draft.h"

#include <algorithm>
#include <utility>

#include "data/error.h"
#include "generator/grids/rules/plan.h"

namespace recombine {
namespace {

Example to_example(const Draft& draft, const DraftSection& section, std::size_t place, int side) {
  Example example{section.roles, Grid(side), Grid(side)};
  const auto paint_both = [&](const Object& object) {
    paint(example.input, object);
    paint(example.output, object);
  };
  for_each_indicator(draft.grammar, section.roles, [&](const DraftIndicator& drawn) {
    paint_both({drawn.place, drawn.colour});
  });
  if (!section.bystanders.empty()) {
    for (const Cells& cells : section.bystanders.at(place))
      paint_both({cells, draft.grammar.bystander_colour});
  }
  const DraftPair& pair = section.pairs.at(place);
  paint(example.input, pair.input);
  paint(example.output, pair.output);
  return example;
}

std::string_view shape_of(const DraftIndicator& indicator) {
  return indicator_shapes()[static_cast<std::size_t>(indicator.index)];
}

void add_step_key(std::string& key, const Step& step) {
  key += step.transformation->name;
  for (std::size_t i = 0; i < step.transformation->parameters.size(); ++i) {
    key += static_cast<char>('0' + step.choice[i]);
  }
  key += ';';
}

/// All of a key but the role shape, the further indicators and the order.
std::string key_of(int role_colour,
                   int indicator_colour,
                   std::string_view indicator_shape,
                   std::span<const Step> steps) {
  std::string key;
  key.reserve(96);
  key += static_cast<char>('0' + role_colour);
  key += static_cast<char>('0' + indicator_colour);
  key += indicator_shape;
  key += ';';
  for (const Step& step : steps) add_step_key(key, step);
  return key;
}

void add_indicator_key(std::string& key, int colour, std::string_view shape) {
  key += ';';
  key += static_cast<char>('0' + colour);
  key += shape;
}

void add_order_key(std::string& key, const std::vector<int>& order) {
  for (const int role : order) key += static_cast<char>('a' + role);
}

/// Empty where the roles are applied as they stand.
std::vector<int> order_of(const DraftGrammar& grammar) {
  const std::span<const std::uint8_t> order(grammar.order.data(), grammar.roles);
  if (std::ranges::is_sorted(order)) return {};
  return {order.begin(), order.end()};
}

Grammar to_grammar(const DraftGrammar& from) {
  Grammar grammar;
  grammar.resize(from.roles);
  for (std::size_t role = 0; role < from.roles; ++role)
    grammar.rules[role] = to_rule(from.steps.at(role));
  grammar.role_shape = shape_text(from.role_shape);
  grammar.role_colour = from.role_colour;
  for (std::size_t i = 0; i < grammar.indicators.size(); ++i) {
    const DraftIndicator& indicator = from.indicators.at(i);
    const Box place = indicator.place.box();
    grammar.indicators[i] = {std::string(shape_of(indicator)), indicator.colour, place.top,
                             place.left};
  }
  grammar.order = order_of(from);
  return grammar;
}

/// The sections that are shown, in the order of files: one rule, then two.
std::vector<const DraftSection*> shown_sections(const Draft& draft) {
  std::vector<const DraftSection*> shown;
  for (const Roles roles : study_sections(draft.grammar.roles)) {
    for (const DraftSection& section : draft.sections) {
      if (!section.asked && section.roles == roles) shown.push_back(&section);
    }
  }
  return shown;
}

/// Whether the two roles are applied one after the other.
bool are_neighbours(const DraftGrammar& grammar, Roles two) {
  for (std::size_t place = 0; place + 1 < grammar.roles; ++place) {
    if ((role_bit(grammar.order[place]) | role_bit(grammar.order[place + 1])) == two) return true;
  }
  return false;
}

/// In the order in which they were drawn, whatever section they are of.
void add_queries(const Draft& draft, int side, Episode& episode) {
  std::array<std::size_t, first_roles(kMaxRoles) + 1> used{};
  const auto add = [&](const DraftSection& section, std::size_t place) {
    episode.queries.push_back(to_example(draft, section, place, side));
  };
  if (draft.asked.empty()) {
    const DraftSection& section = draft.sections.front();
    for (std::size_t place = 0; place < section.pairs.size(); ++place) add(section, place);
  }
  for (const Roles roles : draft.asked) {
    const auto section = std::ranges::find_if(
        draft.sections, [&](const DraftSection& one) { return one.asked && one.roles == roles; });
    add(*section, used.at(roles)++);
  }
}

}  // namespace

Steps steps_in_force(const DraftGrammar& grammar, Roles roles) {
  Steps steps;
  for (std::size_t place = 0; place < grammar.roles; ++place) {
    const std::size_t role = grammar.order[place];
    if (has_role(roles, role)) steps.list[steps.count++] = &grammar.steps[role];
  }
  return steps;
}

std::optional<Object> apply_steps(const Steps& steps, const Object& object, int side) {
  std::optional<Object> result = object;
  for (const Step* step : steps.all()) {
    result = step->apply(*result);
    if (!result || !on_grid(result->cells, side)) return std::nullopt;
  }
  return result;
}

Roles changed_roles(const DraftGrammar& a, const DraftGrammar& b) {
  Roles changed = kUnknownRoles;
  for (std::size_t place = 0; place < a.roles; ++place) {
    if (a.steps.at(place) != b.steps.at(place)) changed |= role_bit(place);
    if (a.order.at(place) != b.order.at(place)) changed |= role_bit(a.order.at(place));
  }
  return changed;
}

std::string grammar_key(const DraftGrammar& grammar) {
  const std::span<const DraftIndicator> indicators = grammar.all_indicators();
  std::string key = key_of(grammar.role_colour, indicators.front().colour,
                           shape_of(indicators.front()), {grammar.steps.data(), grammar.roles});
  key += shape_text(grammar.role_shape);
  for (const DraftIndicator& indicator : indicators.subspan(1))
    add_indicator_key(key, indicator.colour, shape_of(indicator));
  add_order_key(key, order_of(grammar));
  return key;
}

std::string grammar_key(const Grammar& grammar) {
  require_data(!grammar.role_shape.empty(), "record: an episode without its grammar");
  std::vector<Step> steps;
  steps.reserve(grammar.rules.size());
  for (const Rule& rule : grammar.rules) steps.push_back(to_step(rule));
  const std::span<const Indicator> indicators = grammar.indicators;
  std::string key =
      key_of(grammar.role_colour, indicators.front().colour, indicators.front().shape, steps);
  key += grammar.role_shape;
  for (const Indicator& indicator : indicators.subspan(1))
    add_indicator_key(key, indicator.colour, indicator.shape);
  add_order_key(key, grammar.order);
  return key;
}

void set_sections(const GridConfig& config, Draft& draft) {
  const DraftGrammar& grammar = draft.grammar;
  std::vector<DraftSection> sections;
  if (draft.asked.empty()) sections.push_back({grammar.all_roles(), true, config.queries});
  for (const Roles roles : draft.asked) {
    const auto known = std::ranges::find(sections, roles, &DraftSection::roles);
    if (known == sections.end()) {
      sections.push_back({roles, true, 1});
    } else {
      ++known->wanted;
    }
  }
  const bool adjacent = config.study_pairs_of == "adjacent";
  const std::vector<Roles> shown = study_sections(grammar.roles);
  for (const Roles roles : std::span(shown).subspan(grammar.roles)) {
    if (!adjacent || are_neighbours(grammar, roles))
      sections.push_back({roles, false, config.two_rule()});
  }
  for (const Roles roles : std::span(shown).first(grammar.roles))
    sections.push_back({roles, false, config.one_rule()});
  draft.sections = std::move(sections);
}

bool shows_a_query(const Draft& draft) {
  for (const DraftSection& asked : draft.sections) {
    if (!asked.asked) break;
    for (const DraftSection& shown : draft.sections) {
      if (shown.asked || shown.roles != asked.roles) continue;
      for (const DraftPair& pair : shown.pairs) {
        if (std::ranges::find(asked.pairs, pair.input, &DraftPair::input) != asked.pairs.end())
          return true;
      }
    }
  }
  return false;
}

Episode to_episode(const Draft& draft, int side, std::string id, int attempt) {
  Episode episode;
  episode.id = std::move(id);
  episode.attempt = attempt;
  episode.grammar = to_grammar(draft.grammar);
  for (const DraftSection* section : shown_sections(draft)) {
    for (std::size_t place = 0; place < section->pairs.size(); ++place)
      episode.study.push_back(to_example(draft, *section, place, side));
  }
  add_queries(draft, side, episode);
  return episode;
}

}  // namespace recombine
