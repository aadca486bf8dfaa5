#include "generator/facts/chains.h"

namespace recombine {

std::optional<ChainWalk::Noise> ChainWalk::noise_at(Token head, int i, int j) const {
  CounterRandom random(seed_, head, Stream::kFactNoise, static_cast<std::uint32_t>(i),
                       static_cast<std::uint64_t>(j));
  if (random.unit() >= noise_) return std::nullopt;
  const Token bridge = random.below(graph_.entities());
  const Token tail = random.below(graph_.entities());
  return Noise{bridge, tail};
}

void ChainWalk::add_noise(TwoHop& hop, int i, int j) const {
  const std::optional<Noise> noise = noise_at(hop.head, i, j);
  if (!noise) return;
  if (replaces_bridge_) hop.bridge = noise->bridge;
  if (replaces_tail_) hop.tail = noise->tail;
  hop.drawn = true;
  hop.noisy = true;
}

}  // namespace recombine
