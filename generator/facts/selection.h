#pragma once
// Samples of an exact size out of candidates that come one by one and are never kept.

#include <cstdint>

#include "data/random.h"

namespace recombine {

/// Takes exactly `wanted` of `candidates`, every choice equally likely (selection sampling, Knuth
/// 3.4.2 S). Requires wanted <= candidates < 2^32.
class Selection {
 public:
  Selection(const CounterRandom& random, std::uint64_t wanted, std::uint64_t candidates)
      : random_(random), wanted_(wanted), candidates_(candidates) {}

  /// Whether the next candidate is taken. Requires that it is one of `candidates`.
  bool next() {
    if (wanted_ == 0) return false;
    const bool taken = random_.below(static_cast<std::uint32_t>(candidates_--)) < wanted_;
    if (taken) --wanted_;
    return taken;
  }

 private:
  CounterRandom random_;
  std::uint64_t wanted_;
  std::uint64_t candidates_;
};

/// Words below it are a share `fraction` of all: an event of that probability is `word < limit`.
/// Requires 0 <= fraction < 1.
std::uint32_t word_limit(double fraction);

/// `share` of `count`, to the nearest whole number.
std::uint64_t rounded_share(double share, std::uint64_t count);

}  // namespace recombine
