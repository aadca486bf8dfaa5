#include <array>

#include "generator/grids/rules/registry.h"

namespace recombine::rules {
namespace {

constexpr std::array<std::string_view, 2> kDirections = {"x", "y"};
constexpr std::array<RuleParameter, 1> kParameters = {{{"direction", kDirections, kDirections}}};

/// x turns the object upside down, y swaps left and right, each within its bounding box. Nothing
/// where the object is symmetric.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  Object result{{}, object.colour};
  for (const Cell cell : object.cells.list()) {
    const int row = choice[0] == 0 ? box.top + box.bottom - cell.row : cell.row;
    const int col = choice[0] == 0 ? cell.col : box.left + box.right - cell.col;
    result.cells.insert({static_cast<std::int8_t>(row), static_cast<std::int8_t>(col)});
  }
  if (result.cells == object.cells) return std::nullopt;
  return result;
}

}  // namespace

const Transformation mirror = {"mirror", "flips the object upside down (x) or left to right (y)",
                               true, kParameters, apply};

}  // namespace recombine::rules
