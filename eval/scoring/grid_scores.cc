#include "eval/scoring/grid_scores.h"

#include <algorithm>

#include "data/components.h"

namespace recombine {
namespace {

constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrst";

std::string canonical_text(const Component& cells) {
  const int top = cells.front().row;
  const int left = std::ranges::min_element(cells, {}, &GridCell::col)->col;
  std::string text;
  for (const auto& [row, col] : cells) {
    text += kDigits[static_cast<std::size_t>(row - top)];
    text += kDigits[static_cast<std::size_t>(col - left)];
  }
  return text;
}

}  // namespace

std::array<bool, kColours> colours_of(const Grid& grid) {
  std::array<bool, kColours> found{};
  for (const Colour colour : grid.cells()) found.at(colour) = colour != 0;
  return found;
}

std::set<std::string> shapes_of(const Grid& grid) {
  std::set<std::string> shapes;
  for (const Component& component : connected_components(grid))
    shapes.insert(canonical_text(component));
  return shapes;
}

GridScore score_grid(const Grid& predicted, const Grid& truth) {
  if (predicted == truth) return {true, true, true};
  return {false, colours_of(predicted) == colours_of(truth),
          shapes_of(predicted) == shapes_of(truth)};
}

}  // namespace recombine
