#include "generator/grids/solver/reading.h"

#include <algorithm>

#include "data/components.h"

namespace recombine {
namespace {

/// Whether nothing is on the grid beside the indicators, all of which are there.
bool are_alone(const Grid& grid, std::span<const Object> indicators) {
  Grid alone(grid.side());
  for (const Object& indicator : indicators) {
    if (!on_grid(indicator.cells, grid.side())) return false;
    paint(alone, indicator);
  }
  return grid == alone;
}

}  // namespace

std::optional<Object> object_beside(const Grid& grid, std::span<const Object> indicators) {
  Object object;
  int of_indicators = 0;
  const std::vector<Colour>& cells = grid.cells();
  for (std::size_t place = 0; place < cells.size(); ++place) {
    const Colour colour = cells[place];
    if (colour == 0) continue;
    const auto side = static_cast<std::size_t>(grid.side());
    const Cell cell = {static_cast<std::int8_t>(place / side),
                       static_cast<std::int8_t>(place % side)};
    const bool indicates = std::ranges::any_of(indicators, [&](const Object& indicator) {
      return colour == indicator.colour && indicator.cells.contains(cell);
    });
    if (indicates) {
      ++of_indicators;
      continue;
    }
    if (object.colour != 0 && object.colour != colour) return std::nullopt;
    if (object.cells.size() == Cells::kMostToDouble) return std::nullopt;
    object.colour = colour;
    object.cells.insert(cell);
  }
  for (const Object& indicator : indicators) of_indicators -= indicator.cells.size();
  if (object.cells.empty() || of_indicators != 0) return std::nullopt;
  return object;
}

std::vector<Object> pieces(const Grid& grid) {
  std::vector<Object> found;
  const std::vector<Component> components = connected_components(grid);
  if (components.size() < 2) return found;
  for (const Component& component : components) {
    if (component.size() > static_cast<std::size_t>(Cells::kMostToDouble)) continue;
    Object piece{{}, grid(component.front().row, component.front().col)};
    for (const GridCell& cell : component) {
      piece.cells.insert({static_cast<std::int8_t>(cell.row), static_cast<std::int8_t>(cell.col)});
    }
    const bool one_colour = std::ranges::all_of(
        component, [&](const GridCell& cell) { return grid(cell.row, cell.col) == piece.colour; });
    if (one_colour) found.push_back(piece);
  }
  return found;
}

bool shows_piece(const Example& example, const Object& piece) {
  const int side = example.input.side();
  if (example.output.side() != side || !on_grid(piece.cells, side)) return false;
  return std::ranges::all_of(piece.cells.list(), [&](Cell cell) {
    return example.input(cell.row, cell.col) == piece.colour &&
           example.output(cell.row, cell.col) == piece.colour;
  });
}

ShownIndicators present(const ShownIndicators& indicators, Roles roles) {
  ShownIndicators standing;
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    if (has_role(roles, i + kFirstIndicatorRole)) standing.push_back(indicators[i]);
  }
  return standing;
}

std::optional<std::vector<ObjectPair>> read_pairs(std::span<const Example> study,
                                                  const ShownIndicators& indicators) {
  std::vector<ObjectPair> pairs;
  for (const Example& example : study) {
    if (example.roles == kUnknownRoles) continue;
    const ShownIndicators standing = present(indicators, example.roles);
    const std::optional<Object> input = object_beside(example.input, standing);
    const std::optional<Object> output = object_beside(example.output, standing);
    const bool erased = !output && are_alone(example.output, standing);
    if (!input || (!output && !erased)) return std::nullopt;
    pairs.push_back({example.roles, *input, output.value_or(Object{})});
  }
  return pairs;
}

}  // namespace recombine
