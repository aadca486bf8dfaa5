#pragma once
// Worlds whose composed training leaves out what an axis names (data/fact_vocabulary.h).

#include "generator/facts/world.h"

namespace recombine {

/// make_world() where config.holds_out_by_axis(). All facts are trained alone. Two-hop questions
/// are enumerated, those of more facts (--axis hops) drawn; val_ood and test_ood share none. Throws
/// InputError where nothing is left to train on, or held out. Requires config.validate().
PoolCounts make_axis_world(const FactConfig& config, WorldSink& sink, const WorldWatch& watch);

}  // namespace recombine
