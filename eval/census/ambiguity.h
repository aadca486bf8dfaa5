#pragma once
// How often the study pairs leave a query several answers: the ceiling of every score.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "data/json.h"
#include "data/storage/dataset.h"
#include "generator/grids/solver/solver.h"

namespace recombine {

/// What the solver finds in a data set where it is shown some of the study pairs and considers some
/// of the programs.
struct Ambiguity {
  std::string setting;   ///< "all", "no-one-rule", "no-two-rule", "three-shot": what is shown
  std::string order;     ///< "fixed" or "any": orders of the rules that are considered
  std::string sections;  ///< "known", or "shuffled": which rules a pair shows is not told
  std::uint64_t episodes = 0;
  std::uint64_t ambiguous = 0;  ///< episodes with a query that has several answers
  std::uint64_t queries = 0;
  std::uint64_t determined = 0;  ///< queries that have one answer
  std::uint64_t solved = 0;      ///< queries whose recorded output is that of most programs
  double guessed = 0;  ///< queries that a guess among their answers gets right, on average
};

struct AmbiguityOptions {
  bool all = false;  ///< every episode, not kSampledEpisodes of them
  int threads = 0;   ///< 0: all cores; never changes the result
  /// Hears in order how many episodes are done, from one thread at a time.
  std::function<void(std::size_t)> on_episode = {};
};

/// Of each setting and space that the set has episodes for. Settings: the study pairs as they are;
/// without those of one rule; without those of two; the last three queries shown, the others asked,
/// and no other pair. `rules` says which rules there are.
std::vector<Ambiguity> count_ambiguity(const EpisodeSet& data,
                                       const RuleSpace& rules,
                                       const AmbiguityOptions& options = {});

/// {"all": {"fixed order, sections known": {"episodes", "ambiguous", ...}, ...}, ...}
Json to_json(const std::vector<Ambiguity>& ambiguity);
/// A blank line and a table; "" where there is none.
std::string to_text(const std::vector<Ambiguity>& ambiguity, int width = 0);

}  // namespace recombine
