#pragma once
// Questions of many facts, of which there are too many to go through: drawn, each once.

#include <cstdint>
#include <optional>
#include <unordered_set>
#include <utility>

#include "data/random.h"
#include "generator/facts/graph.h"
#include "generator/facts/hold_out.h"

namespace recombine {

/// Draws chains of `hops` facts that are on one side of a hold-out, no chain twice. `graph` and
/// `hold_out` must outlive it.
class DrawnChains {
 public:
  DrawnChains(const FactGraph& graph,
              const HoldOut& hold_out,
              const FactConfig& config,
              std::size_t hops,
              ChainSide side);

  /// Nothing where a bounded number of draws found none that is new.
  std::optional<HopChain> next();

 private:
  /// Part of the name of the draws: no SamplePart (generator/facts/sampling.h) has it.
  static constexpr std::uint32_t kOfChains = 100;

  /// A chain and its number among all of its length.
  std::pair<HopChain, std::uint64_t> draw();

  const FactGraph& graph_;
  const HoldOut& hold_out_;
  std::size_t hops_;
  ChainSide side_;
  CounterRandom random_;
  std::unordered_set<std::uint64_t> seen_;
};

/// The first facts of a chain: its hops so far, one more.
void extend(HopChain& chain, const Fact& fact);

}  // namespace recombine
