#pragma once
// What episodes are told apart by: the groups of reports and the tables of `stats`. To add a
// factor, write its function and append its line to the list in factors.cc.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/episode.h"

namespace recombine {

struct Factor {
  std::string_view name;     ///< stable: a key in reports
  std::string_view summary;  ///< one line for people
  bool in_reports;           ///< whether reports have a score for each value
  /// The episode's values, with repetitions where the factor is one of its pairs.
  std::vector<std::string> (*values)(const Episode& episode);
};

std::span<const Factor> grid_factors();

}  // namespace recombine
