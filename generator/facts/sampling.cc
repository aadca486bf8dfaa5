#include "generator/facts/sampling.h"

#include <cmath>

#include "data/error.h"

namespace recombine {

void put_id_two_hop(WorldSink& sink,
                    const FactItems& items,
                    const TwoHop& hop,
                    TwoHopSamples& samples) {
  if (hop.pool == Pool::kIdTest && samples.id.next())
    sink.put(WorldSet::kTestId, items.two_hop(hop, FactType::kTestIid));
  if (hop.pool != Pool::kTraining) return;
  if (!hop.leaked() && samples.validate.next()) {
    sink.put(WorldSet::kValId, items.true_two_hop(hop, FactType::kTestIid));
    return;
  }
  if (!samples.train.next()) return;
  const FactItem item = items.two_hop(hop, FactType::kTrainInferred);
  sink.put(WorldSet::kTrain, item);
  if (samples.trained.next()) sink.put(WorldSet::kTrainInferred, item);
}

std::uint64_t sample_size(const FactConfig& config, std::uint64_t id_facts, std::uint64_t pool) {
  const std::uint64_t wanted = rounded_share(config.lambda, id_facts);
  const double most =
      static_cast<double>(pool) / std::max<double>(1, static_cast<double>(id_facts));
  require(wanted <= pool, "--lambda ", config.lambda, ": needs ", wanted, " of the ", pool,
          " questions of the training pool; at most ", std::floor(1000 * most) / 1000,
          " is possible");
  return wanted;
}

}  // namespace recombine
