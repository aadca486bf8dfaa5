#pragma once
// How answers are scored: the section [evaluate] of a config.

#include <cstdint>
#include <string>

#include "data/fields.h"
#include "data/usual_notes.h"

namespace recombine {

struct EvaluateConfig {
  int resamples = 1000;
  std::uint64_t seed = 0;
  int gallery = 200;
  std::string queries = "all";
  bool published = false;
  bool ceilings = false;
  int threads = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("resamples", self.resamples, "bootstrap resamples behind an interval",
          {.range = between(100, 1000000)});
    visit("seed", self.seed, "names the random words of the bootstrap");
    visit("gallery", self.gallery,
          "questions a set that the HTML page shows, first those that predictors differ on",
          {.range = between(0, 100000)});
    visit("queries", self.queries, "of each item that was planned",
          {.values = {{"all", "every query"}, {"first", "one"}}});
    visit("published", self.published,
          "also the scores as the published scripts count them: batches of 200 items of equal "
          "weight; of language models valid answers to first queries alone");
    visit("ceilings", self.ceilings,
          "also what the solver finds of grids: what a guess among all answers that the study "
          "pairs allow gets right (a row of leaderboards where it is below 100 %), and scores by "
          "the number of programs that they leave");
    visit("threads", self.threads, "threads; 0: all cores; never changes the result",
          threads_notes());
  }

  friend bool operator==(const EvaluateConfig&, const EvaluateConfig&) = default;

  /// Throws InputError, naming the option at fault.
  void validate() const { check_fields(*this); }
};

}  // namespace recombine
