#pragma once
// Which values of each factor the sets of a split have: what is held out, and what else.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "data/json.h"
#include "eval/tables/table.h"

namespace recombine {

/// How often each set has each value of each factor: those of grids (eval/scoring/factors.h) and
/// the axes that split.json holds out, where no factor has the same values; or the entities,
/// relations and composed facts of a world.
struct FactorsBySet {
  using Counts = std::vector<std::uint64_t>;  ///< by set

  std::vector<std::string> sets;
  std::vector<std::pair<std::string, std::map<std::string, Counts>>> factors;
};

/// Counts the sets `names` of a split or a world; `threads` (0: all cores) never change the result.
/// Throws DataError for damaged sets, and Interrupted.
FactorsBySet count_by_set(const std::filesystem::path& folder,
                          const std::vector<std::string>& names,
                          int threads = 0,
                          bool quiet = true);

/// "triplet 2 of 10": the values that no episode of train has, by factor; which they are where they
/// are few.
std::string held_out_text(const FactorsBySet& counts);

/// {"triplet": {"grow+mirror+rotation": {"train": 25, ...}, ...}, ...}: factors of 500 values at
/// most
Json to_json(const FactorsBySet& counts);
/// A row a value of the same factors, a column a set.
Table table_of(const FactorsBySet& counts);

}  // namespace recombine
