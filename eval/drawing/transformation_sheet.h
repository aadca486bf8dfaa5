#pragma once
// Every transformation on a few shapes, to choose from.

#include <span>

#include "eval/drawing/scene.h"
#include "generator/grids/rules/transformation.h"

namespace recombine {

/// A heading, the parameter's value and three shapes before and after, for each transformation, one
/// below the other in `columns` columns. A shape that it leaves as it is says so.
Scene transformation_sheet(std::span<const Transformation* const> shown, int columns);

}  // namespace recombine
