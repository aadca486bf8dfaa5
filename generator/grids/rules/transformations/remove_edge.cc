#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/directions.h"

namespace recombine::rules {
namespace {

constexpr std::array<RuleParameter, 1> kParameters = {
    {{"direction", kSignedDirections, kSignedDirections}}};

/// Drops the top row (-x), left column (-y), bottom row (+x) or right column (+y) of the bounding
/// box. Nothing where no cell is left.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Box box = object.cells.box();
  const Cell side = kOffsets[static_cast<std::size_t>(choice[0])];
  Object result{{}, object.colour};
  for (const Cell cell : object.cells.list()) {
    const bool dropped =
        (side.row < 0 && cell.row == box.top) || (side.col < 0 && cell.col == box.left) ||
        (side.row > 0 && cell.row == box.bottom) || (side.col > 0 && cell.col == box.right);
    if (!dropped) result.cells.insert(cell);
  }
  if (result.cells.empty()) return std::nullopt;
  return result;
}

}  // namespace

const Transformation remove_edge = {"remove", "drops a row or column of the bounding box", false,
                                    kParameters, apply};

}  // namespace recombine::rules
