#pragma once
// How answers are scored: the section [evaluate] of a config.

#include <cstdint>

#include "data/fields.h"

namespace recombine {

struct EvaluateConfig {
  int resamples = 1000;
  std::uint64_t seed = 0;
  int gallery = 24;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("resamples", self.resamples, "bootstrap resamples behind an interval");
    visit("seed", self.seed, "names the random words of the bootstrap");
    visit("gallery", self.gallery, "wrong answers a split that the HTML page shows");
  }

  friend bool operator==(const EvaluateConfig&, const EvaluateConfig&) = default;

  /// Throws InputError, naming the option at fault.
  void validate() const {
    require(resamples >= 100 && resamples <= 1000000, "--resamples ", resamples,
            ": must be 100..1000000");
    require(gallery >= 0 && gallery <= 1000, "--gallery ", gallery, ": must be 0..1000");
  }
};

}  // namespace recombine
