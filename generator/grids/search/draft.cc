#include "generator/grids/search/draft.h"

#include "data/error.h"
#include "generator/grids/search/plan.h"

namespace recombine {
namespace {

Example to_example(const Draft& draft, const DraftPair& pair, Roles roles, int side) {
  Example example{roles, Grid(side), Grid(side)};
  if ((roles & kIndicatorRole) != 0) {
    const Object indicator{draft.grammar.indicator, draft.grammar.indicator_colour};
    paint(example.input, indicator);
    paint(example.output, indicator);
  }
  paint(example.input, pair.input);
  paint(example.output, pair.output);
  return example;
}

void add_step_key(std::string& key, const Step& step) {
  key += step.transformation->name;
  for (std::size_t i = 0; i < step.transformation->parameters.size(); ++i) {
    key += static_cast<char>('0' + step.choice[i]);
  }
  key += ';';
}

/// All of a key but the role shape.
std::string key_of(int role_colour,
                   int indicator_colour,
                   std::string_view indicator_shape,
                   std::span<const Step* const> steps) {
  std::string key;
  key.reserve(96);
  key += static_cast<char>('0' + role_colour);
  key += static_cast<char>('0' + indicator_colour);
  key += indicator_shape;
  key += ';';
  for (const Step* step : steps) add_step_key(key, *step);
  return key;
}

}  // namespace

Steps steps_in_force(const DraftGrammar& grammar, Roles roles) {
  Steps steps;
  if ((roles & kShapeRole) != 0) steps.list[steps.count++] = &grammar.shape_step;
  if ((roles & kColourRole) != 0) steps.list[steps.count++] = &grammar.colour_step;
  if ((roles & kIndicatorRole) != 0) steps.list[steps.count++] = &grammar.indicator_step;
  return steps;
}

std::optional<Object> apply_steps(const Steps& steps, const Object& object, int side) {
  std::optional<Object> result = object;
  for (const Step* step : steps.all()) {
    result = step->apply(*result);
    if (!result || !on_board(result->cells, side)) return std::nullopt;
  }
  return result;
}

std::string grammar_key(const DraftGrammar& grammar) {
  const Steps steps = steps_in_force(grammar, kAllRoles);
  const auto shape = indicator_shapes()[static_cast<std::size_t>(grammar.indicator_index)];
  return key_of(grammar.role_colour, grammar.indicator_colour, shape, steps.all()) +
         shape_text(grammar.role_shape);
}

std::string grammar_key(const Grammar& grammar) {
  require_data(!grammar.role_shape.empty(), "record: an episode without its grammar");
  const std::array<Step, 3> steps = {to_step(grammar.shape_rule), to_step(grammar.colour_rule),
                                     to_step(grammar.indicator_rule)};
  const std::array<const Step*, 3> list = {steps.data(), &steps[1], &steps[2]};
  return key_of(grammar.role_colour, grammar.indicator_colour, grammar.indicator_shape, list) +
         grammar.role_shape;
}

Episode to_episode(const Draft& draft, int side, std::string id, int attempt) {
  const DraftGrammar& from = draft.grammar;
  Episode episode;
  episode.id = std::move(id);
  episode.attempt = attempt;
  const Box place = from.indicator.box();
  episode.grammar = {
      to_rule(from.shape_step),
      to_rule(from.colour_step),
      to_rule(from.indicator_step),
      shape_text(from.role_shape),
      from.role_colour,
      std::string(indicator_shapes()[static_cast<std::size_t>(from.indicator_index)]),
      from.indicator_colour,
      place.top,
      place.left};
  for (const Roles roles : kStudySections) {
    for (const DraftPair& pair : draft.pairs[roles]) {
      episode.study.push_back(to_example(draft, pair, roles, side));
    }
  }
  for (const DraftPair& pair : draft.pairs[kAllRoles]) {
    episode.queries.push_back(to_example(draft, pair, kAllRoles, side));
  }
  return episode;
}

}  // namespace recombine
