#include "data/components.h"

#include <algorithm>

namespace recombine {
namespace {

/// Takes the component of `start` out of `grid`.
Component take_component(Grid& grid, GridCell start) {
  Component component = {start};
  grid(start.row, start.col) = 0;
  for (std::size_t next = 0; next < component.size(); ++next) {
    const auto [row, col] = component[next];
    for (int r = std::max(row - 1, 0); r <= std::min(row + 1, grid.side() - 1); ++r) {
      for (int c = std::max(col - 1, 0); c <= std::min(col + 1, grid.side() - 1); ++c) {
        if (grid(r, c) == 0) continue;
        grid(r, c) = 0;
        component.push_back({r, c});
      }
    }
  }
  std::ranges::sort(component);
  return component;
}

}  // namespace

std::vector<Component> connected_components(const Grid& grid) {
  Grid rest = grid;
  std::vector<Component> components;
  for (int row = 0; row < rest.side(); ++row) {
    for (int col = 0; col < rest.side(); ++col) {
      if (rest(row, col) != 0) components.push_back(take_component(rest, {row, col}));
    }
  }
  return components;
}

}  // namespace recombine
