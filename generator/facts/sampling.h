#pragma once
// The samples that every task draws: names of their draws, and their sizes.

#include <algorithm>

#include "generator/facts/items.h"
#include "generator/facts/selection.h"
#include "generator/facts/world.h"

namespace recombine {

/// What a training sample is of: part of the name of its draws. Append only.
enum class SamplePart : std::uint32_t {
  kTwoHop = 0,
  kThreeHop = 1,
  kMixed = 2,
  kSmaller = 3,  ///< hard comparisons by their answer
  kEqual = 4,
  kLarger = 5,
};

inline Selection training_sample(const FactConfig& config,
                                 SamplePart part,
                                 std::uint64_t wanted,
                                 std::uint64_t candidates) {
  return {CounterRandom(config.seed, 0, Stream::kFactSample, static_cast<std::uint32_t>(part)),
          wanted, candidates};
}

/// At most `probe-items` of the candidates for a set that is tested.
inline Selection probe_sample(const FactConfig& config, WorldSet set, std::uint64_t candidates) {
  return {CounterRandom(config.seed, 0, Stream::kFactProbe, static_cast<std::uint32_t>(set)),
          std::min(config.probe_items, candidates), candidates};
}

inline Selection validation_sample(const FactConfig& config,
                                   WorldSet set,
                                   std::uint64_t wanted,
                                   std::uint64_t candidates) {
  return {CounterRandom(config.seed, 0, Stream::kFactValidation, static_cast<std::uint32_t>(set)),
          wanted, candidates};
}

/// What is drawn of the two-hop questions, each by a stream of its own.
struct TwoHopSamples {
  Selection validate;  ///< of the training pool
  Selection train;     ///< ... of what is left
  Selection trained;   ///< of what is trained
  Selection id;
  Selection validate_ood;
  Selection ood;
};

/// Puts a question of the training pool or of the ID test pool into the sets that the samples
/// choose; one that only noise brought into the training pool is no validation.
void put_id_two_hop(WorldSink& sink,
                    const FactItems& items,
                    const TwoHop& hop,
                    TwoHopSamples& samples);

/// The size of the training sample: round(lambda x atomic ID facts). Throws InputError beyond the
/// training pool.
std::uint64_t sample_size(const FactConfig& config, std::uint64_t id_facts, std::uint64_t pool);

}  // namespace recombine
