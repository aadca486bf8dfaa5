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
  X(reshape)                         \
  X(transpose)                       \
  X(scale)                           \
  X(stretch)                         \
  X(compress)                        \
  X(hollow)                          \
  X(erode)                           \
  X(dilate)                          \
  X(outline)                         \
  X(fill_holes)                      \
  X(crop)                            \
  X(duplicate)                       \
  X(unfold)                          \
  X(shear)                           \
  X(zigzag)                          \
  X(roll)                            \
  X(fall)                            \
  X(extend)                          \
  X(jump)                            \
  X(stripes)                         \
  X(checker)                         \
  X(bounding_box)                    \
  X(diagonal)                        \
  X(swap_edges)                      \
  X(fill_between)                    \
  X(invert)                          \
  X(part)                            \
  X(bar)                             \
  X(shift_color)                     \
  X(count_color)

namespace recombine::rules {

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define RECOMBINE_DECLARE(name) extern const Transformation name;
RECOMBINE_TRANSFORMATIONS(RECOMBINE_DECLARE)
#undef RECOMBINE_DECLARE

}  // namespace recombine::rules
