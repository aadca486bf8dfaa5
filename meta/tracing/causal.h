#pragma once
// Causal tracing: which states an answer depends on (arXiv 2405.15071).

#include <cstdint>
#include <vector>

#include "meta/tracing/exchange.h"
#include "meta/tracing/traced_items.h"
#include "models/gpt/gpt.h"

namespace recombine {

/// One token of each item replaced: another bridge and another tail for "h" and "r1", another tail
/// for "r2" and "b".
ChangedTokens change_token(const TracedItems& items,
                           const FactIndex& graph,
                           int position,
                           std::uint64_t seed);

/// Every token and target at every layer that a block reads.
std::vector<CausalRow> causal_tracing(ResidualModel& model,
                                      const TracedItems& items,
                                      const FactIndex& graph,
                                      std::uint64_t seed);

}  // namespace recombine
