#pragma once
// What a data set of grids is made of.

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "data/json.h"
#include "data/storage/dataset.h"
#include "eval/census/ambiguity.h"
#include "eval/tables/count_table.h"
#include "generator/grids/solver/solver.h"

namespace recombine {

struct SetStatistics {
  std::uint64_t count = 0;  ///< episodes
  std::uint64_t study = 0;  ///< study pairs
  std::uint64_t queries = 0;
  std::vector<std::pair<std::string, CountTable>> factors;  ///< in the order of grid_factors()
  CountTable programs;  ///< episodes by the number of programs that explain their study pairs
  std::uint64_t determined = 0;  ///< queries to which all those programs give one answer
  std::uint64_t solved = 0;      ///< queries whose recorded answer the solver gives
  CountTable duplicates;         ///< by kind: ids, grammars, queries and study inputs seen before
  std::vector<Ambiguity> ambiguity;  ///< count_ambiguity()'s; count_set() leaves it empty
};

/// The rules of the set's recipe; of an import, whose recipe says none, those of the published data
/// and those that its episodes name.
RuleSpace rules_known_of(const EpisodeSet& data);

/// Reads the whole set on `threads` threads (0: all cores), which do not change the result;
/// `on_episode` hears in order how many episodes are done, from one thread at a time.
SetStatistics count_set(const EpisodeSet& data,
                        const std::function<void(std::size_t)>& on_episode = {},
                        int threads = 0);

Json to_json(const SetStatistics& statistics);
/// Tables are narrowed to lines of `width` characters, as far as they can be; 0: they are not.
std::string to_text(const SetStatistics& statistics, int width = 0);

}  // namespace recombine
