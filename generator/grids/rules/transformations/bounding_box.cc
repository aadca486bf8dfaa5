#include <array>

#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"

namespace recombine::rules {
namespace {

constexpr std::array<std::string_view, 3> kParts = {"all", "border", "corners"};
constexpr std::array<RuleParameter, 1> kParameters = {{{"part", kParts, kParts}}};

/// The whole bounding box, its border or its corners in place of the object.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  return of_box(object, [&](Cell cell) {
    const bool at_row = cell.row == box.top || cell.row == box.bottom;
    const bool at_col = cell.col == box.left || cell.col == box.right;
    return std::array{true, at_row || at_col, at_row && at_col}.at(
        static_cast<std::size_t>(choice[0]));
  });
}

}  // namespace

const Transformation bounding_box = {
    "bounding_box", "puts the bounding box, its border or its corners in the object's place", false,
    kParameters, apply};

}  // namespace recombine::rules
