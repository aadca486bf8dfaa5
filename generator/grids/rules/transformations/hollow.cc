#include "generator/grids/rules/registry.h"
#include "generator/grids/rules/transformations/built.h"
#include "generator/grids/rules/transformations/neighbours.h"
#include "generator/grids/rules/transformations/sides.h"

namespace recombine::rules {
namespace {

/// Drops the cells all of whose neighbours belong to the object.
std::optional<Object> apply(const Object& object, std::span<const int> choice) {
  const auto offsets = offsets_around(choice[0]);
  return kept(object, [&](Cell cell) {
    return neighbours_in(object.cells, cell, offsets) < static_cast<int>(offsets.size());
  });
}

}  // namespace

const Transformation hollow = {"hollow", "drops the object's inside", false, kNeighboursParameter,
                               apply};

}  // namespace recombine::rules
