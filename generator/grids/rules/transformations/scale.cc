#include <array>

#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"

namespace recombine::rules {
namespace {

constexpr std::array<std::string_view, 2> kFactors = {"2", "3"};
constexpr std::array<RuleParameter, 1> kParameters = {{{"factor", kFactors, kFactors}}};

/// Every cell becomes a block of 2 x 2 or 3 x 3 cells. The bounding box keeps its top left corner.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  const int factor = 2 + choice[0];
  CellList cells;
  for (const Cell cell : object.cells) {
    const int top = box.top + factor * (cell.row - box.top);
    const int left = box.left + factor * (cell.col - box.left);
    for (int i = 0; i < factor * factor; ++i)
      cells.push_back(cell_at(top + i / factor, left + i % factor));
  }
  return built(object, cells);
}

}  // namespace

const Transformation scale = {"scale", "makes the object two or three times as large", false,
                              kParameters, apply};

}  // namespace recombine::rules
