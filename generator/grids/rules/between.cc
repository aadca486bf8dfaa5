#include "generator/grids/rules/between.h"

#include <algorithm>
#include <utility>

#include "generator/grids/rules/cells.h"
#include "generator/grids/rules/transformation.h"

namespace recombine {
namespace {

/// Keeps of `part` what `grid` has too.
void keep_common(std::optional<Grid>& part, const Grid& grid) {
  if (!part) {
    part = grid;
    return;
  }
  for (std::size_t cell = 0; cell < grid.cells().size(); ++cell) {
    if (part->cells()[cell] != grid.cells()[cell]) part->cells()[cell] = 0;
  }
}

/// What of the grid is not `fixed`, as one object; its colour is that of its first cell. Nothing
/// where that is more than a rule can double.
std::optional<Object> object_of(const Grid& grid, const Grid& fixed) {
  Object object;
  for (int row = 0; row < grid.side(); ++row) {
    for (int col = 0; col < grid.side(); ++col) {
      const bool own = grid(row, col) != 0 && grid(row, col) != fixed(row, col);
      if (!own) continue;
      if (object.cells.size() == Cells::kMostToDouble) return std::nullopt;
      if (object.colour == 0) object.colour = grid(row, col);
      object.cells.insert({static_cast<std::int8_t>(row), static_cast<std::int8_t>(col)});
    }
  }
  return object;
}

/// The rules that the roles put in force, in their order.
std::vector<const Rule*> rules_in_force(const Grammar& grammar, Roles roles) {
  std::vector<const Rule*> rules;
  if ((roles & kShapeRole) != 0) rules.push_back(&grammar.shape_rule);
  if ((roles & kColourRole) != 0) rules.push_back(&grammar.colour_rule);
  if ((roles & kIndicatorRole) != 0) rules.push_back(&grammar.indicator_rule);
  return rules;
}

}  // namespace

Grid common_part(const Episode& episode) {
  std::optional<Grid> part;
  for (const Example& example : episode.study) {
    if ((example.roles & kIndicatorRole) == 0) continue;
    keep_common(part, example.input);
    keep_common(part, example.output);
  }
  return part.value_or(Grid(episode.side()));
}

std::optional<std::vector<Grid>> boards_between(const Episode& episode, const Example& example) {
  const std::vector<const Rule*> rules = rules_in_force(episode.grammar, example.roles);
  const bool missing =
      std::ranges::any_of(rules, [](const Rule* rule) { return rule->type.empty(); });
  if (rules.empty() || missing) return std::nullopt;
  // An episode without study pairs has no side of its own.
  const Grid fixed = episode.study.empty() ? Grid(example.input.side()) : common_part(episode);
  std::optional<Object> object = object_of(example.input, fixed);
  if (!object) return std::nullopt;
  std::vector<Grid> boards;
  for (const Rule* rule : rules) {
    object = to_step(*rule).apply(*object);
    if (!object || !on_board(object->cells, example.input.side())) return std::nullopt;
    Grid board = (example.roles & kIndicatorRole) != 0 ? fixed : Grid(example.input.side());
    paint(board, *object);
    boards.push_back(std::move(board));
  }
  if (boards.back() != example.output) return std::nullopt;
  return boards;
}

}  // namespace recombine
