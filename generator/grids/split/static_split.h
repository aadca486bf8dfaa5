#pragma once
// The split of the static data: every pair is an item of its own, without study pairs
// (arXiv 2504.01445, static data).

#include <span>
#include <string>
#include <vector>

#include "data/episode.h"
#include "generator/grids/split/split.h"

namespace recombine {

/// Items in the order of the published files. Validation is the test set.
struct StaticSplit {
  std::vector<Episode> train;  ///< all pairs of the trained episodes, study pairs of the others
  std::vector<Episode> test;   ///< queries of the episodes held out
  std::vector<std::string> trained;  ///< ids of episodes, as shuffled
  std::vector<std::string> held_out;
};

/// Shuffles the episodes by CPython's random with `config.seed` and holds out the last
/// int(n test_fraction). Throws InputError where that is none of them, or for options that have no
/// meaning here.
StaticSplit split_static(std::span<const Episode> episodes, const SplitConfig& config);

/// Pair `place` of an episode as an item, "e3.12": study pairs in their order, then queries.
Episode static_item(const Episode& episode, std::size_t place);

}  // namespace recombine
