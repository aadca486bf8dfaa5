#include "generator/grids/rules/between.h"

#include <algorithm>
#include <utility>

#include "generator/grids/rules/bystanders.h"
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
  for (const std::size_t role : grammar.applied(roles)) rules.push_back(&grammar.rules.at(role));
  return rules;
}

}  // namespace

Grid common_part(const Episode& episode, std::size_t role) {
  std::optional<Grid> part;
  for (const Example& example : episode.study) {
    if (!has_role(example.roles, role)) continue;
    keep_common(part, example.input);
    keep_common(part, example.output);
  }
  return part.value_or(Grid(episode.side()));
}

namespace {

/// The indicators of the roles, together.
Grid common_parts(const Episode& episode, Roles roles) {
  Grid together(episode.side());
  for (std::size_t role = kFirstIndicatorRole; role < kMaxRoles; ++role) {
    if (!has_role(roles, role)) continue;
    const Grid part = common_part(episode, role);
    for (std::size_t cell = 0; cell < part.cells().size(); ++cell) {
      if (part.cells()[cell] != 0) together.cells()[cell] = part.cells()[cell];
    }
  }
  return together;
}

}  // namespace

std::optional<std::vector<Grid>> grids_between(const Episode& episode, const Example& example) {
  const std::vector<const Rule*> rules = rules_in_force(episode.grammar, example.roles);
  const bool missing =
      std::ranges::any_of(rules, [](const Rule* rule) { return rule->type.empty(); });
  if (rules.empty() || missing) return std::nullopt;
  // An episode without study pairs has no side of its own.
  const int side = example.input.side();
  Grid fixed = episode.study.empty() ? Grid(side) : common_parts(episode, example.roles);
  if (!episode.grammar.role_shape.empty())
    add_colour(fixed, example.input, bystander_colour(episode));
  std::optional<Object> object = object_of(example.input, fixed);
  if (!object) return std::nullopt;
  std::vector<Grid> grids;
  for (const Rule* rule : rules) {
    object = to_step(*rule).apply(*object);
    if (!object || !on_grid(object->cells, side)) return std::nullopt;
    Grid grid = fixed;
    paint(grid, *object);
    grids.push_back(std::move(grid));
  }
  if (grids.back() != example.output) return std::nullopt;
  return grids;
}

}  // namespace recombine
