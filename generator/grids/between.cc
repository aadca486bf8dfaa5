#include "generator/grids/between.h"

#include <utility>

#include "generator/grids/cells.h"
#include "generator/grids/transformation.h"

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

/// What of the grid is not `fixed`, as one object; its colour is that of its first cell.
Object object_of(const Grid& grid, const Grid& fixed) {
  Object object;
  for (int row = 0; row < grid.side(); ++row) {
    for (int col = 0; col < grid.side(); ++col) {
      const bool own = grid(row, col) != 0 && grid(row, col) != fixed(row, col);
      if (!own) continue;
      if (object.colour == 0) object.colour = grid(row, col);
      object.cells.insert({static_cast<std::int8_t>(row), static_cast<std::int8_t>(col)});
    }
  }
  return object;
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
  // An episode without study pairs has no side of its own.
  const Grid fixed = episode.study.empty() ? Grid(example.input.side()) : common_part(episode);
  Object object = object_of(example.input, fixed);
  std::vector<Grid> boards;
  for (const auto& [role, rule] : {std::pair{kShapeRole, &episode.grammar.shape_rule},
                                   std::pair{kColourRole, &episode.grammar.colour_rule},
                                   std::pair{kIndicatorRole, &episode.grammar.indicator_rule}}) {
    if ((example.roles & role) == 0) continue;
    if (rule->type.empty()) return std::nullopt;
    const std::optional<Object> next = to_step(*rule).apply(object);
    if (!next || !on_board(next->cells, example.input.side())) return std::nullopt;
    object = *next;
    Grid board = (example.roles & kIndicatorRole) != 0 ? fixed : Grid(example.input.side());
    paint(board, object);
    boards.push_back(std::move(board));
  }
  if (boards.empty() || boards.back() != example.output) return std::nullopt;
  return boards;
}

}  // namespace recombine
