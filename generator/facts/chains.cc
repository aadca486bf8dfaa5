#include "generator/facts/chains.h"

namespace recombine {

ChainWalk::ChainWalk(const FactGraph& graph, const FactConfig& config)
    : graph_(graph),
      seed_(config.seed),
      test_limit_(word_limit(config.test_fraction)),
      noise_(config.noise),
      replaces_bridge_(config.noise_hop == "first" || config.noise_hop == "both"),
      replaces_tail_(config.noise_hop == "second" || config.noise_hop == "both"),
      bridge_persists_(noise_ > 0 && replaces_bridge_ && config.noise_mode == "legacy") {}

void ChainWalk::add_noise(TwoHop& hop, int i, int j) const {
  CounterRandom random(seed_, hop.head, Stream::kFactNoise, static_cast<std::uint32_t>(i),
                       static_cast<std::uint64_t>(j));
  if (random.unit() >= noise_) return;
  const Token bridge = random.below(graph_.entities());
  const Token tail = random.below(graph_.entities());
  if (replaces_bridge_) hop.bridge = bridge;
  if (replaces_tail_) hop.tail = tail;
  hop.drawn = true;
  hop.noisy = true;
}

}  // namespace recombine
