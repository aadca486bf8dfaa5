#include "generator/facts/chains.h"

namespace recombine {

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
