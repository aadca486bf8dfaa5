#include "generator/facts/comparison.h"

#include "generator/facts/pair_sets.h"
#include "generator/facts/sampling.h"

namespace recombine {

PoolCounts make_comparisons(const FactConfig& config, WorldSink& sink, const WorldWatch& watch) {
  PairSets sets(config, sink, watch, 2);
  const std::uint64_t sample = sample_size(config, sets.id_facts(), sets.counts().training);
  sets.put_atomic(false, true);
  sets.put_atomic(true, true);
  sets.put_pairs(sample, [](int, int, int) {});
  return sets.pools("discarded");
}

}  // namespace recombine
