#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/directions.h"

namespace recombine::rules {
namespace {

constexpr std::array<RuleParameter, 1> kParameters = {
    {{"direction", kSignedDirections, std::span(kSignedDirections).first<2>()}}};

/// Adds the neighbour of every cell above (-x), to the left (-y), below (+x) or to the right (+y).
/// Nothing where a set of cells has no room for them.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const Cell offset = kOffsets[static_cast<std::size_t>(choice[0])];
  Object result = object;
  for (const Cell cell : object.cells.moved(offset.row, offset.col)) {
    const bool full = result.cells.size() == static_cast<int>(Cells::kCapacity);
    if (full && !result.cells.contains(cell)) return std::nullopt;
    result.cells.insert(cell);
  }
  return result;
}

}  // namespace

const Transformation grow = {"grow",
                             "adds the neighbour of every cell up (-x), left (-y), down, right",
                             true, kParameters, apply};

}  // namespace recombine::rules
