#include <array>

#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"

namespace recombine::rules {
namespace {

constexpr std::array<std::string_view, 2> kDirections = {"right", "down"};
constexpr std::array<RuleParameter, 1> kParameters = {{{"direction", kDirections, kDirections}}};

/// A bar of as many cells as the object has in its place, from the top left corner of its bounding
/// box. Nothing where it is one.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  CellList cells;
  for (int i = 0; i < object.cells.size(); ++i)
    cells.push_back(choice[0] == 0 ? cell_at(box.top, box.left + i)
                                   : cell_at(box.top + i, box.left));
  return built(object, cells);
}

}  // namespace

const Transformation bar = {"bar", "lays the object's cells in a line", false, kParameters, apply};

}  // namespace recombine::rules
