#include "generator/grids/split/axes.h"

#include <algorithm>
#include <array>
#include <bit>

#include "data/error.h"
#include "data/fact_vocabulary.h"
#include "data/text.h"
#include "generator/grids/rules/bystanders.h"

namespace recombine {
namespace {

using Levels = std::vector<std::string>;

Levels triplet_of(const Episode& episode) {
  return {episode.grammar.says_rules() ? triplet(episode.grammar) : ""};
}

/// "grow+mirror", for each two of the episode's rules.
Levels pairs_of(const Episode& episode) {
  if (!episode.grammar.says_rules()) return {""};
  const std::vector<Rule>& rules = episode.grammar.rules;
  Levels pairs;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    for (std::size_t j = i + 1; j < rules.size(); ++j) {
      const auto [first, second] = std::minmax(rules[i].type, rules[j].type);
      pairs.push_back(cat(first, "+", second));
    }
  }
  return pairs;
}

/// "mirror:colour", for each rule.
Levels types_in_roles(const Episode& episode) {
  Levels levels;
  for (std::size_t role = 0; role < episode.grammar.rules.size(); ++role) {
    const std::string& type = episode.grammar.rules[role].type;
    levels.push_back(type.empty() ? "" : cat(type, ":", role_name(role)));
  }
  return levels;
}

/// "mirror:direction=x", for each parameter of each rule.
Levels values_of(const Episode& episode) {
  if (!episode.grammar.says_rules()) return {""};
  Levels levels;
  for (const Rule& rule : episode.grammar.rules) {
    for (const Parameter& parameter : rule.parameters)
      levels.push_back(cat(rule.type, ":", parameter.name, "=", parameter.value));
  }
  return levels;
}

std::string number_text(int number) { return number == 0 ? "" : std::to_string(number); }

Levels size_of(const Episode& episode) {
  return {number_text(static_cast<int>(episode.grammar.role_shape.size() / 2))};
}

Levels colour_of(const Episode& episode) { return {number_text(episode.grammar.role_colour)}; }

Levels indicator_shapes_of(const Episode& episode) {
  Levels shapes;
  for (const Indicator& indicator : episode.grammar.indicators) shapes.push_back(indicator.shape);
  return shapes;
}

/// How many rules the queries need.
Levels depth_of(const Episode& episode) {
  if (episode.queries.empty()) return {""};
  return {number_text(std::popcount(unsigned{episode.queries.front().roles}))};
}

int coloured_cells(const Grid& grid) {
  return static_cast<int>(
      std::ranges::count_if(grid.cells(), [](Colour cell) { return cell != 0; }));
}

/// Study pairs, those that a split does not show too.
std::vector<const Example*> made_pairs(const Episode& episode) {
  std::vector<const Example*> made;
  for (const auto* list : {&episode.study, &episode.spare}) {
    for (const Example& pair : *list) {
      const int rules = std::popcount(unsigned{pair.roles});
      if (rules == 1 || rules == 2) made.push_back(&pair);
    }
  }
  return made;
}

/// The largest object whose shape triggers nothing.
Levels free_size_of(const Episode& episode) {
  const Grammar& grammar = episode.grammar;
  const Colour beside = grammar.role_shape.empty() ? Colour{0} : bystander_colour(episode);
  int largest = 0;
  for (const Example* pair : made_pairs(episode)) {
    if (has_role(pair->roles, 0) || grammar.indicators.front().shape.empty()) continue;
    int size = coloured_cells(without_colour(pair->input, beside));
    for (std::size_t i = 0; i < grammar.indicators.size(); ++i) {
      if (has_role(pair->roles, i + kFirstIndicatorRole))
        size -= static_cast<int>(grammar.indicators[i].shape.size() / 2);
    }
    largest = std::max(largest, size);
  }
  return {number_text(largest)};
}

Levels side_of_grids(const Episode& episode) { return {number_text(episode.side())}; }

/// "upper-left", for each indicator.
Levels positions_of(const Episode& episode) {
  Levels positions;
  for (const Indicator& indicator : episode.grammar.indicators) {
    const bool upper = 2 * indicator.row < episode.side();
    const bool left = 2 * indicator.col < episode.side();
    positions.push_back(
        indicator.colour == 0 ? "" : cat(upper ? "upper" : "lower", '-', left ? "left" : "right"));
  }
  return positions;
}

Levels study_count_of(const Episode& episode) {
  return {number_text(static_cast<int>(made_pairs(episode).size()))};
}

Levels bystanders_of(const Episode& episode) {
  if (episode.grammar.role_shape.empty() || episode.queries.empty()) return {""};
  const Colour colour = bystander_colour(episode);
  return {std::to_string(pieces_of_colour(episode.queries.front().input, colour))};
}

Levels order_of(const Episode& episode) {
  return {episode.grammar.says_rules() ? order_text(episode.grammar) : ""};
}

std::string before(std::string_view level, char sign) {
  return std::string(level.substr(0, level.find(sign)));
}

constexpr std::array kAxes = std::to_array<Axis>({
    {"systematicity", "triplets of transformation types", triplet_of},
    {"pairs", "pairs of types that never meet in an episode of train", pairs_of},
    {"role", "types in a role: a mirror that the colour triggers", types_in_roles,
     [](std::string_view level) { return before(level, ':'); }},
    {"parameters", "values of a parameter: a mirror in direction x", values_of,
     [](std::string_view level) { return before(level, '='); }},
    {.name = "size",
     .meaning = "the largest role shapes, in cells",
     .levels = size_of,
     .ordered = true},
    {"colour", "role colours", colour_of},
    {"indicator-shape", "shapes of an indicator", indicator_shapes_of},
    {.name = "depth",
     .meaning = "the most rules that queries need (--query-depth of generate grids)",
     .levels = depth_of,
     .ordered = true},
    {.name = "free-size",
     .meaning = "the largest sizes of the largest object without the role shape, in cells",
     .levels = free_size_of,
     .ordered = true},
    {.name = "side",
     .meaning = "the largest grids (--further-sides)",
     .levels = side_of_grids,
     .ordered = true},
    {"position", "quadrants in which an indicator stands", positions_of},
    {.name = "study-count",
     .meaning = "the most study pairs, made ones (--further-study)",
     .levels = study_count_of,
     .ordered = true},
    {.name = "bystanders",
     .meaning = "the most objects that no rule moves (--bystanders 0..2)",
     .levels = bystanders_of,
     .ordered = true},
    {"order", "orders of the rules (--order episode)", order_of},
});

}  // namespace

std::span<const Axis> axes() { return kAxes; }

const Axis& find_axis(std::string_view name) {
  const auto place = std::ranges::find(kAxes, name, &Axis::name);
  std::vector<std::string> known;
  known.reserve(kAxes.size());
  for (const Axis& axis : kAxes) known.emplace_back(axis.name);
  require(std::ranges::find(kFactAxes, name, &FactAxis::name) == kFactAxes.end(), "--axis ", name,
          ": is of worlds of facts, and --data holds episodes; see recombine list axes");
  require(place != kAxes.end(), "no axis '", name, "'; did you mean '", nearest_name(name, known),
          "'? (known: ", join_text(known, ", "), ")");
  return *place;
}

std::vector<AllowedValue> axis_values() {
  std::vector<AllowedValue> values = named_values(kAxes);
  const std::vector<AllowedValue> of_facts = named_values(kFactAxes);
  values.insert(values.end(), of_facts.begin(), of_facts.end());
  return values;
}

}  // namespace recombine
