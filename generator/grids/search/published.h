#pragma once
// The published stream: episodes one after another out of CPython's random words.

#include <cstdint>
#include <memory>

#include "data/episode.h"
#include "generator/grids/config.h"
#include "generator/grids/search/search.h"

namespace recombine {

/// Makes the episodes of the published generator in order, byte for byte. One
/// stream of words for the whole run, so an episode cannot be made without those before it.
class PublishedMaker {
 public:
  PublishedMaker(const GridConfig& config,
                 std::uint64_t seed,
                 SearchMode mode = SearchMode::kTable);
  ~PublishedMaker();
  PublishedMaker(const PublishedMaker&) = delete;
  PublishedMaker& operator=(const PublishedMaker&) = delete;

  /// The next episode: "e0", "e1", ... Throws InputError where none is found within the bound, and
  /// after the eighth of the static data.
  Episode next();
  const SearchCounters& counters() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace recombine
