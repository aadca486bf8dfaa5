#pragma once
// Whether the ranks of a run were started alike.

#include <map>
#include <string>

#include "meta/ranks/rank_group.h"

namespace recombine {

/// By name, what must be the same on all ranks.
using Likeness = std::map<std::string, std::string>;

/// Throws RankLost, naming a rank and the first thing of which it has another than rank 0.
void require_alike(RankGroup& group, const Likeness& own);

}  // namespace recombine
