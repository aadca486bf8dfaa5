#include <array>

#include "generator/grids/rules/registry.h"

namespace recombine::rules {
namespace {

constexpr std::array<std::string_view, 9> kTypes = {"0", "1", "2", "3", "4", "5", "6", "7", "8"};
constexpr std::array<std::string_view, 2> kPublished = {"0", "8"};
constexpr std::array<RuleParameter, 1> kParameters = {{{"rotation_type", kTypes, kPublished}}};

/// A quarter turn about a corner cell of the bounding box: types 0, 2, 4, 6 clockwise about the top
/// left, top right, bottom left, bottom right; 1, 3, 5, 7 the other way. Type 8 is type 0: the
/// published code does not handle it and falls through.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const int type = choice[0] == 8 ? 0 : choice[0];
  const Box box = object.cells.box();
  const int pivot_row = type / 4 == 0 ? box.top : box.bottom;
  const int pivot_col = type / 2 % 2 == 0 ? box.left : box.right;
  const int sign = type % 2 == 0 ? 1 : -1;
  Object result{{}, object.colour};
  for (const Cell cell : object.cells.list()) {
    const int row = pivot_row + sign * (cell.col - pivot_col);
    const int col = pivot_col - sign * (cell.row - pivot_row);
    result.cells.insert({static_cast<std::int8_t>(row), static_cast<std::int8_t>(col)});
  }
  if (result.cells == object.cells) return std::nullopt;
  return result;
}

}  // namespace

const Transformation rotation = {"rotation", "a quarter turn about a corner of the bounding box",
                                 true, kParameters, apply};

}  // namespace recombine::rules
