#pragma once
// The option --palette of verbs that draw grids.

#include <string>
#include <utility>

#include "data/fields.h"

namespace recombine {

/// Describes it (data/fields.h).
template <class Text, class Visit>
void visit_palette(Text& palette, Visit&& visit) {
  std::forward<Visit>(visit)(
      "palette", palette, "colours of grids; on a page the first ones",
      {.values = {{"official", "of the ARC repository of 2019"},
                  {"arcprize", "of arcprize.org since 2024"},
                  {"published", "of the published prompts: red, orange, yellow, ..."},
                  {"arc", "an older name of official"}}});
}

}  // namespace recombine
