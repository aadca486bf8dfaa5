#pragma once
// What a data set of facts is made of.

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "data/json.h"
#include "data/storage/dataset.h"
#include "eval/tables/count_table.h"

namespace recombine {

/// How many facts lead from (to) an entity, over the entities that have one.
struct DegreeSummary {
  std::uint64_t entities = 0;
  std::uint64_t least = 0;
  std::uint64_t most = 0;
  double mean = 0;
};

struct FactStatistics {
  std::uint64_t count = 0;  ///< questions
  /// In the order of fact_factors(); then `out_degree` and `in_degree`: entities by the number of
  /// distinct facts, among those that lead to the answers, from and to them.
  std::vector<std::pair<std::string, CountTable>> factors;
  std::vector<std::pair<std::string, std::uint64_t>> distinct;  ///< heads, relations, tails, facts
  DegreeSummary out_degree;
  DegreeSummary in_degree;
  CountTable duplicates;  ///< by kind: questions and items seen before
};

/// Reads the whole set; `on_item` hears how many questions are done.
FactStatistics count_set(const FactSet& data, const std::function<void(std::size_t)>& on_item = {});

Json to_json(const FactStatistics& statistics);
/// Tables are narrowed to lines of `width` characters, as far as they can be; 0: they are not.
std::string to_text(const FactStatistics& statistics, int width = 0);

}  // namespace recombine
