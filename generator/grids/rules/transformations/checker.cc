#include <array>

#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"

namespace recombine::rules {
namespace {

constexpr std::array<std::string_view, 2> kCells = {"even", "odd"};
constexpr std::array<RuleParameter, 1> kParameters = {{{"cells", kCells, kCells}}};

/// Keeps the cells of one colour of a chess board on the bounding box, whose top left cell is even.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  return kept(object, [&](Cell cell) {
    return (cell.row - box.top + cell.col - box.left) % 2 == choice[0];
  });
}

}  // namespace

const Transformation checker = {"checker", "keeps every second cell, as on a chess board", false,
                                kParameters, apply};

}  // namespace recombine::rules
