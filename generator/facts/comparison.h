#pragma once
// Worlds in which two entities are compared by an attribute (arXiv 2405.15071, section 4).

#include "generator/facts/world.h"

namespace recombine {

/// make_world() for the task "comparison". Requires config.validate().
PoolCounts make_comparisons(const FactConfig& config, WorldSink& sink, const WorldWatch& watch);

}  // namespace recombine
