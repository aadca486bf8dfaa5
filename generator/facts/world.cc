#include "generator/facts/world.h"

#include <algorithm>

#include "generator/facts/axis_world.h"
#include "generator/facts/comparison.h"
#include "generator/facts/complex.h"
#include "generator/facts/composition.h"
#include "generator/facts/items.h"

namespace recombine {

std::vector<WorldSet> world_sets(const FactConfig& config) {
  std::vector<WorldSet> sets = {WorldSet::kTrain,     WorldSet::kValId,        WorldSet::kTestId,
                                WorldSet::kValOod,    WorldSet::kTestOod,      WorldSet::kIdAtomic,
                                WorldSet::kOodAtomic, WorldSet::kTrainInferred};
  if (config.holds_out_by_axis()) {
    const bool mixed = config.has_axis("mixed-hops");
    if (!mixed) std::erase(sets, WorldSet::kOodAtomic);
    if (mixed) sets.insert(sets.end(), {WorldSet::kTestFirstSeen, WorldSet::kTestSecondSeen});
  }
  if (config.hops == 3) {
    sets.push_back(WorldSet::kTest3HopIid);
    sets.push_back(WorldSet::kTest3HopOod);
  }
  if (config.task == "complex") {
    sets.push_back(WorldSet::kTrainInferredOod);
    sets.push_back(WorldSet::kTestHard);
  }
  return sets;
}

void put_identities(const FactConfig& config, WorldSink& sink) {
  if (config.identity == "none") return;
  const FactItems items(config);
  for (int entity = 0; entity < config.entities; ++entity)
    sink.put(WorldSet::kTrain, items.identity(config.vocabulary().entity(entity)));
}

PoolCounts make_world(const FactConfig& config, WorldSink& sink, const WorldWatch& watch) {
  config.validate();
  if (config.task == "comparison") return make_comparisons(config, sink, watch);
  if (config.task == "complex") return make_complex(config, sink, watch);
  if (config.holds_out_by_axis()) return make_axis_world(config, sink, watch);
  return make_compositions(config, sink, watch);
}

}  // namespace recombine
