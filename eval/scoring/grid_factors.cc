#include <array>
#include <optional>

#include "eval/scoring/factors.h"
#include "eval/scoring/grid_scores.h"
#include "generator/grids/solver/difficulty.h"

namespace recombine {
namespace {

std::string known(const std::string& value) { return value.empty() ? "unknown" : value; }

/// "-x", or "x 1": the parameters without their names.
std::string rule_text(const Rule& rule) {
  std::string text = known(rule.type);
  for (const Parameter& parameter : rule.parameters) text += " " + parameter.value;
  return text;
}

FactorValues triplets(const Episode& episode, const RuleSpace&) {
  const Grammar& grammar = episode.grammar;
  return {grammar.rules.front().type.empty() ? "unknown" : triplet(grammar)};
}
FactorValues shape_rules(const Episode& episode, const RuleSpace&) {
  return {rule_text(episode.grammar.shape_rule())};
}
FactorValues colour_rules(const Episode& episode, const RuleSpace&) {
  return {rule_text(episode.grammar.colour_rule())};
}
FactorValues indicator_rules(const Episode& episode, const RuleSpace&) {
  FactorValues rules;
  for (std::size_t role = kFirstIndicatorRole; role < episode.grammar.rules.size(); ++role)
    rules.push_back(rule_text(episode.grammar.rules[role]));
  return rules;
}
FactorValues indicator_shapes_of(const Episode& episode, const RuleSpace&) {
  FactorValues shapes;
  for (const Indicator& indicator : episode.grammar.indicators)
    shapes.push_back(known(indicator.shape));
  return shapes;
}
FactorValues orders(const Episode& episode, const RuleSpace&) {
  return {order_text(episode.grammar)};
}

FactorValues shape_sizes(const Episode& episode, const RuleSpace&) {
  const std::size_t cells = episode.grammar.role_shape.size() / 2;
  return {cells == 0 ? "unknown" : std::to_string(cells)};
}

std::string colour_text(int colour) { return colour == 0 ? "unknown" : std::to_string(colour); }
FactorValues role_colours(const Episode& episode, const RuleSpace&) {
  return {colour_text(episode.grammar.role_colour)};
}
FactorValues indicator_colours(const Episode& episode, const RuleSpace&) {
  FactorValues colours;
  for (const Indicator& indicator : episode.grammar.indicators)
    colours.push_back(colour_text(indicator.colour));
  return colours;
}

FactorValues transformations_of(const Episode& episode, const RuleSpace&) {
  FactorValues types;
  for (const Rule& rule : episode.grammar.rules) types.push_back(known(rule.type));
  return types;
}

FactorValues sections(const Episode& episode, const RuleSpace&) {
  FactorValues values;
  for (const Example& example : episode.study) values.emplace_back(section_name(example.roles));
  return values;
}

FactorValues answer_colours(const Episode& episode, const RuleSpace&) {
  FactorValues values;
  for (const Example& query : episode.queries) {
    const auto colours = colours_of(query.output);
    for (std::size_t colour = 1; colour < colours.size(); ++colour) {
      if (colours.at(colour)) values.push_back(std::to_string(colour));
    }
  }
  return values;
}

/// The group of the episode's value.
template <Difficulty measure>
FactorValues difficulties(const Episode& episode, const RuleSpace& rules) {
  const std::optional<int> number = difficulty(measure, episode, rules);
  return number ? FactorValues{difficulty_group(measure, *number)} : FactorValues{};
}

/// Sizes have a factor of their own.
template <Difficulty measure>
constexpr GridFactor difficulty_factor(std::string_view name, InReports in_reports) {
  return {name, name_of(measure).summary, in_reports, difficulties<measure>};
}

constexpr std::array kGridFactors = {
    GridFactor{"triplet", "the three transformation types of an episode", InReports::kAlways,
               triplets},
    GridFactor{"shape_size", "cells of the role shape", InReports::kAlways, shape_sizes},
    GridFactor{"shape_rule", "the rule of the shape role", InReports::kAlways, shape_rules},
    GridFactor{"color_rule", "the rule of the colour role", InReports::kAlways, colour_rules},
    GridFactor{"indicator_rule", "the rule of the indicator role", InReports::kAlways,
               indicator_rules},
    GridFactor{"indicator_shape", "the indicator's shape", InReports::kAlways, indicator_shapes_of},
    GridFactor{"order", "the order in which the rules are applied", InReports::kWhereItDiffers,
               orders},
    difficulty_factor<Difficulty::kDepth>("depth", InReports::kWhereItDiffers),
    difficulty_factor<Difficulty::kDistance>("distance", InReports::kWhereItDiffers),
    difficulty_factor<Difficulty::kOverlap>("overlap", InReports::kWhereItDiffers),
    difficulty_factor<Difficulty::kSectionPrograms>("section_programs", InReports::kWhereSolved),
    difficulty_factor<Difficulty::kPrograms>("programs", InReports::kWhereSolved),
    GridFactor{"transformation", "transformation types in any role", InReports::kNever,
               transformations_of},
    GridFactor{"role_color", "the colour that triggers the colour rule", InReports::kNever,
               role_colours},
    GridFactor{"indicator_color", "the indicator's colour", InReports::kNever, indicator_colours},
    GridFactor{"section", "study pairs by the rules in force", InReports::kNever, sections},
    GridFactor{"answer_color", "colours in the answers to the queries", InReports::kNever,
               answer_colours},
};

}  // namespace

std::span<const GridFactor> grid_factors() { return kGridFactors; }

std::vector<FactorValues> grid_factor_values(const Episode& episode, const RuleSpace& rules) {
  std::vector<FactorValues> values;
  values.reserve(kGridFactors.size());
  for (const GridFactor& factor : kGridFactors) values.push_back(factor.values(episode, rules));
  return values;
}

}  // namespace recombine
