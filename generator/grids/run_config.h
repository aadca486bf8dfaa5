#pragma once
// How many episodes, of which stream, onto how many shards: the rest of the section [grids].

#include <cstdint>
#include <string>

#include "data/fields.h"
#include "data/threads.h"

namespace recombine {

struct GridRunConfig {
  std::uint64_t episodes = 0;
  std::uint64_t seed = 1860;
  std::string stream = "counter";
  int shards = 1;
  int threads = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("episodes", self.episodes, "how many episodes to make");
    visit("seed", self.seed, "names the data: the same seed gives the same bytes");
    visit("stream", self.stream,
          "counter: ours, parallel, any item alone; published: byte for byte the published set's");
    visit("shards", self.shards, "files to spread the episodes over; never changes the episodes");
    visit("threads", self.threads,
          "threads that make episodes; 0: all cores; never changes the result");
  }

  friend bool operator==(const GridRunConfig&, const GridRunConfig&) = default;

  /// Throws InputError, naming the option at fault.
  void validate() const {
    require(episodes >= 1, "--episodes ", episodes, ": must be at least 1");
    require(stream == "counter" || stream == "published", "--stream ", stream,
            ": must be counter or published");
    require(shards >= 1 && shards <= 100000, "--shards ", shards, ": must be 1..100000");
    require(static_cast<std::uint64_t>(shards) <= episodes, "--shards ", shards,
            ": must be at most --episodes ", episodes);
    check_threads(threads);
  }
};

}  // namespace recombine
