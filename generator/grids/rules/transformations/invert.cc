#include <array>

#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"

namespace recombine::rules {
namespace {

constexpr std::array<std::string_view, 3> kWithin = {"box", "rows", "columns"};
constexpr std::array<RuleParameter, 1> kParameters = {{{"within", kWithin, kWithin}}};

/// The cells of the bounding box that the object leaves free: all of them, or those between the
/// first and the last cell of a row or of a column.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const auto between = [&](Cell cell, bool rows) {
    int sides = 0;
    for (const Cell other : object.cells) {
      if (rows ? other.row != cell.row : other.col != cell.col) continue;
      sides |= (rows ? other.col > cell.col : other.row > cell.row) ? 2 : 1;
    }
    return sides == 3;
  };
  return of_box(object, [&](Cell cell) {
    return !object.cells.contains(cell) && (choice[0] == 0 || between(cell, choice[0] == 1));
  });
}

}  // namespace

const Transformation invert = {"invert",
                               "puts what the object leaves free of its bounding box in its place",
                               false, kParameters, apply};

}  // namespace recombine::rules
