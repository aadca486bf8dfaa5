#include <array>

#include "eval/scoring/factors.h"
#include "eval/scoring/grid_scores.h"

namespace recombine {
namespace {

std::string known(const std::string& value) { return value.empty() ? "unknown" : value; }

/// "-x", or "x 1": the parameters without their names.
std::string rule_text(const Rule& rule) {
  std::string text = known(rule.type);
  for (const Parameter& parameter : rule.parameters) text += " " + parameter.value;
  return text;
}

FactorValues triplets(const Episode& episode) {
  const Grammar& grammar = episode.grammar;
  return {grammar.shape_rule.type.empty() ? "unknown" : triplet(grammar)};
}
FactorValues shape_rules(const Episode& episode) { return {rule_text(episode.grammar.shape_rule)}; }
FactorValues colour_rules(const Episode& episode) {
  return {rule_text(episode.grammar.colour_rule)};
}
FactorValues indicator_rules(const Episode& episode) {
  return {rule_text(episode.grammar.indicator_rule)};
}
FactorValues indicator_shapes_of(const Episode& episode) {
  return {known(episode.grammar.indicator_shape)};
}

FactorValues shape_sizes(const Episode& episode) {
  const std::size_t cells = episode.grammar.role_shape.size() / 2;
  return {cells == 0 ? "unknown" : std::to_string(cells)};
}

FactorValues colour_text(int colour) { return {colour == 0 ? "unknown" : std::to_string(colour)}; }
FactorValues role_colours(const Episode& episode) {
  return colour_text(episode.grammar.role_colour);
}
FactorValues indicator_colours(const Episode& episode) {
  return colour_text(episode.grammar.indicator_colour);
}

FactorValues transformations_of(const Episode& episode) {
  const Grammar& grammar = episode.grammar;
  return {known(grammar.shape_rule.type), known(grammar.colour_rule.type),
          known(grammar.indicator_rule.type)};
}

FactorValues sections(const Episode& episode) {
  FactorValues values;
  for (const Example& example : episode.study) values.emplace_back(section_name(example.roles));
  return values;
}

FactorValues answer_colours(const Episode& episode) {
  FactorValues values;
  for (const Example& query : episode.queries) {
    const auto colours = colours_of(query.output);
    for (std::size_t colour = 1; colour < colours.size(); ++colour) {
      if (colours.at(colour)) values.push_back(std::to_string(colour));
    }
  }
  return values;
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

}  // namespace recombine
