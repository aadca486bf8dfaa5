#pragma once
// How many episodes, of which stream, onto how many shards: the rest of the section [grids].

#include <cstdint>
#include <string>

#include "data/fields.h"
#include "data/usual_notes.h"

namespace recombine {

struct GridRunConfig {
  std::uint64_t episodes = 0;
  std::uint64_t seed = 1860;
  std::string stream = "counter";
  int shards = 1;
  int threads = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("episodes", self.episodes, "how many episodes to make", {.range = at_least(1)});
    visit("seed", self.seed, "names the data: the same seed gives the same bytes");
    visit("stream", self.stream, "which random words",
          {.values = {{"counter", "ours, parallel, any item alone"},
                      {"published", "byte for byte the published set's"}}});
    visit("shards", self.shards, "files to spread the episodes over; never changes the episodes",
          {.range = between(1, 100000)});
    visit("threads", self.threads,
          "threads that make episodes; 0: all cores; never changes the result", threads_notes());
  }

  friend bool operator==(const GridRunConfig&, const GridRunConfig&) = default;

  /// Throws InputError, naming the option at fault.
  void validate() const {
    check_fields(*this);
    require(static_cast<std::uint64_t>(shards) <= episodes, "--shards ", shards,
            ": must be at most --episodes ", episodes);
  }
};

}  // namespace recombine
