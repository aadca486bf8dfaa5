#pragma once
// Worlds of facts that are composed along two or three relations (arXiv 2405.15071 and 2502.04667).

#include "generator/facts/world.h"

namespace recombine {

/// make_world() for the task "composition". Requires config.validate().
PoolCounts make_compositions(const FactConfig& config, WorldSink& sink, const WorldWatch& watch);

}  // namespace recombine
