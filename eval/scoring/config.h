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
    visit("resamples", self.resamples, "bootstrap resamples behind an interval",
          {.range = between(100, 1000000)});
    visit("seed", self.seed, "names the random words of the bootstrap");
    visit("gallery", self.gallery, "wrong answers a split that the HTML page shows",
          {.range = between(0, 1000)});
    visit("queries", self.queries, "of each item that was planned",
          {.values = {{"all", "every query"}, {"first", "one"}}});
    visit("published", self.published,
          "also the scores as the published scripts count them: batches of 200 items of equal "
          "weight; of language models valid answers to first queries alone");
  }

  friend bool operator==(const EvaluateConfig&, const EvaluateConfig&) = default;

  /// Throws InputError, naming the option at fault.
  void validate() const { check_fields(*this); }
};

}  // namespace recombine
