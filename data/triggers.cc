#include "data/triggers.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace recombine {
namespace {

/// Nothing where a piece has two colours.
std::optional<std::vector<Piece>> pieces_of(const Grid& grid) {
  std::vector<Piece> pieces;
  for (Component& component : connected_components(grid)) {
    const Colour colour = grid(component.front().row, component.front().col);
    const bool plain = std::ranges::all_of(
        component, [&](const GridCell& cell) { return grid(cell.row, cell.col) == colour; });
    if (!plain) return std::nullopt;
    pieces.push_back({std::move(component), colour});
  }
  return pieces;
}

Component shape_of(Component cells) {
  const int top = cells.front().row;
  const int left = std::ranges::min_element(cells, {}, &GridCell::col)->col;
  for (GridCell& cell : cells) cell = {cell.row - top, cell.col - left};
  return cells;
}

bool is_on(const Piece& piece, const Grid& grid) {
  return std::ranges::all_of(piece.cells, [&](const GridCell& cell) {
    return cell.row < grid.side() && cell.col < grid.side() &&
           grid(cell.row, cell.col) == piece.colour;
  });
}

bool allowed(const Triggers& triggers, const Example& pair) {
  const Roles roles = roles_under(triggers, pair.input);
  if (roles == kUnknownRoles) return false;
  return (roles & kIndicatorRole) == 0 || is_on(triggers.indicator, pair.output);
}

}  // namespace

Roles roles_under(const Triggers& triggers, const Grid& input) {
  const auto pieces = pieces_of(input);
  if (!pieces || pieces->empty() || pieces->size() > 2) return kUnknownRoles;
  unsigned roles = 0;
  const Piece* object = &pieces->front();
  if (pieces->size() == 2) {
    if (pieces->front() == triggers.indicator) {
      object = &pieces->back();
    } else if (pieces->back() != triggers.indicator) {
      return kUnknownRoles;
    }
    roles |= kIndicatorRole;
  }
  if (object->colour == triggers.colour) roles |= kColourRole;
  if (shape_of(object->cells) == triggers.shape) roles |= kShapeRole;
  return static_cast<Roles>(roles);
}

std::vector<Triggers> possible_triggers(std::span<const Example> study,
                                        std::span<const Grid> asked) {
  std::vector<Triggers> possible;
  if (asked.empty()) return possible;
  const auto pieces = pieces_of(asked.front());
  if (!pieces || pieces->size() != 2) return possible;
  for (const std::size_t object : {std::size_t{0}, std::size_t{1}}) {
    const Piece& piece = pieces->at(object);
    const Triggers triggers{shape_of(piece.cells), piece.colour, pieces->at(1 - object)};
    const bool asks_all = std::ranges::all_of(
        asked, [&](const Grid& input) { return roles_under(triggers, input) == kAllRoles; });
    const bool shows = asks_all && std::ranges::all_of(study, [&](const Example& pair) {
                         return allowed(triggers, pair);
                       });
    if (shows) possible.push_back(triggers);
  }
  return possible;
}

bool lacks_roles(std::span<const Example> study) {
  return std::ranges::any_of(study,
                             [](const Example& pair) { return pair.roles == kUnknownRoles; });
}

std::vector<Example> with_roles(std::span<const Example> study, const Triggers& triggers) {
  std::vector<Example> named(study.begin(), study.end());
  for (Example& pair : named) {
    if (pair.roles == kUnknownRoles) pair.roles = roles_under(triggers, pair.input);
  }
  return named;
}

}  // namespace recombine
