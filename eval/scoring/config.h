#pragma once
// How answers are scored: the section [evaluate] of a config.

#include <cstdint>
#include <string>

#include "data/fields.h"

namespace recombine {

struct EvaluateConfig {
  int resamples = 1000;
  std::uint64_t seed = 0;
  int gallery = 24;
  std::string queries = "all";
  bool published = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("resamples", self.resamples, "bootstrap resamples behind an interval");
    visit("seed", self.seed, "names the random words of the bootstrap");
    visit("gallery", self.gallery, "wrong answers a split that the HTML page shows");
    visit("queries", self.queries, "all: every query of an item that was planned; first: one");
    visit("published", self.published,
          "also the scores as the published scripts count them: batches of 200 items of equal "
          "weight; of language models valid answers to first queries alone");
  }

  friend bool operator==(const EvaluateConfig&, const EvaluateConfig&) = default;

  /// Throws InputError, naming the option at fault.
  void validate() const {
    require(resamples >= 100 && resamples <= 1000000, "--resamples ", resamples,
            ": must be 100..1000000");
    require(gallery >= 0 && gallery <= 1000, "--gallery ", gallery, ": must be 0..1000");
    require(queries == "all" || queries == "first", "--queries ", queries,
            ": must be all or first");
  }
};

}  // namespace recombine
