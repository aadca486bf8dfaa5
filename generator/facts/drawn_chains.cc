#include "generator/facts/drawn_chains.h"

#include <utility>

namespace recombine {

DrawnChains::DrawnChains(const FactGraph& graph,
                         const HoldOut& hold_out,
                         const FactConfig& config,
                         std::size_t hops,
                         ChainSide side)
    : graph_(graph),
      hold_out_(hold_out),
      hops_(hops),
      side_(side),
      random_(config.seed, hops, Stream::kFactSample, kOfChains) {}

std::pair<HopChain, std::uint64_t> DrawnChains::draw() {
  const auto degree = static_cast<std::uint32_t>(graph_.degree);
  HopChain chain;
  chain.entities.front() = random_.below(graph_.entities());
  std::uint64_t number = chain.entities.front();
  for (std::size_t hop = 0; hop < hops_; ++hop) {
    const std::uint32_t slot = random_.below(degree);
    number = number * degree + slot;
    extend(chain, graph_.fact(chain.entities.at(hop), static_cast<int>(slot)));
  }
  return {chain, number};
}

std::optional<HopChain> DrawnChains::next() {
  constexpr int kTries = 1000;
  for (int tries = 0; tries < kTries; ++tries) {
    const auto [chain, number] = draw();
    if (hold_out_.side_of(chain) == side_ && seen_.insert(number).second) return chain;
  }
  return std::nullopt;
}

void extend(HopChain& chain, const Fact& fact) {
  chain.relations.at(chain.hops) = fact.relation;
  chain.ood.at(chain.hops) = fact.ood;
  chain.entities.at(++chain.hops) = fact.tail;
}

}  // namespace recombine
