#pragma once
// The list of transformations. To add one, append its line here, last, and define it in <name>.cc.

#include "generator/grids/rules/transformation.h"

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define RECOMBINE_TRANSFORMATIONS(X) \
  X(translation)                     \
  X(mirror)                          \
  X(rotation)                        \
  X(set_color)                       \
  X(grow)                            \
  X(remove_edge)                     \
  X(reshape)

namespace recombine::rules {

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define RECOMBINE_DECLARE(name) extern const Transformation name;
RECOMBINE_TRANSFORMATIONS(RECOMBINE_DECLARE)
#undef RECOMBINE_DECLARE

}  // namespace recombine::rules
