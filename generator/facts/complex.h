#pragma once
// Worlds in which some comparisons can only be answered by transitivity through entities whose
// values are known (arXiv 2405.15071, section 4, "complex reasoning").

#include "generator/facts/world.h"

namespace recombine {

/// make_world() for the task "complex": OOD atomic facts are not trained, `sample-fraction` of the
/// comparisons of ID entities and of ID with OOD entities is, and "test_hard" asks for comparisons
/// of OOD entities that these decide together with the ID facts, but not alone. Requires
/// config.validate().
PoolCounts make_complex(const FactConfig& config, WorldSink& sink, const WorldWatch& watch);

}  // namespace recombine
