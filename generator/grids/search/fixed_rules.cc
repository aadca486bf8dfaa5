#include "generator/grids/search/fixed_rules.h"

#include <algorithm>

namespace recombine {
namespace {

struct ShapeRule {
  const char* shape;
  Rule rule;
};

struct ColourRule {
  Colour colour;
  Rule rule;
};

/// A single cell in its place.
struct IndicatorRule {
  Colour colour;
  Cell place;
  Rule rule;
};

Rule translation(const char* direction) {
  return {"translation", {{"direction", direction}, {"step_size", "1"}}};
}

const std::array<ShapeRule, 2>& shape_rules() {
  static const std::array<ShapeRule, 2> kRules = {
      {{"00010212", {"grow", {{"direction", "-y"}}}}, {"0110112021", translation("y")}}};
  return kRules;
}

const std::array<ColourRule, 2>& colour_rules() {
  static const std::array<ColourRule, 2> kRules = {
      {{2, {"rotation", {{"rotation_type", "0"}}}}, {6, {"mirror", {{"direction", "x"}}}}}};
  return kRules;
}

const std::array<IndicatorRule, 2>& indicator_rules() {
  static const std::array<IndicatorRule, 2> kRules = {
      {{1, {8, 4}, translation("x")}, {3, {0, 7}, {"grow", {{"direction", "-x"}}}}}};
  return kRules;
}

constexpr std::array<Colour, 5> kFreeColours = {4, 5, 7, 8, 9};

}  // namespace

DraftGrammar fixed_grammar(int index) {
  const auto choice = static_cast<std::size_t>(index);
  const ShapeRule& shape = shape_rules().at(choice / 4);
  const ShapeRule& other = shape_rules().at(1 - choice / 4);
  const ColourRule& colour = colour_rules().at(choice / 2 % 2);
  const IndicatorRule& indicator = indicator_rules().at(choice % 2);
  DraftGrammar grammar;
  grammar.steps[0] = to_step(shape.rule);
  grammar.steps[1] = to_step(colour.rule);
  grammar.steps[2] = to_step(indicator.rule);
  grammar.role_shape = parse_shape(shape.shape);
  grammar.other_shape = parse_shape(other.shape);
  grammar.role_colour = colour.colour;
  DraftIndicator& drawn = grammar.indicators.front();
  drawn.colour = indicator.colour;
  drawn.shape = parse_shape("00");
  drawn.place = drawn.shape.moved(indicator.place.row, indicator.place.col);
  std::ranges::copy(kFreeColours, grammar.free_colours.begin());
  grammar.free_count = kFreeColours.size();
  return grammar;
}

}  // namespace recombine
