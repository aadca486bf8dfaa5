#pragma once
// Learns the facts of a training set.

#include <cstdint>
#include <memory>

#include "meta/batches/batch_source.h"
#include "meta/batches/fact_tensors.h"

namespace recombine {

/// The rows of `facts`, each once an epoch, in an order of the epoch's own. The loss of a step is
/// the mean over all asked tokens, so a slice counts by its tokens.
std::unique_ptr<BatchSource> make_fact_batches(FactTensors facts, std::uint64_t seed);

}  // namespace recombine
