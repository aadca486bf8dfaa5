#pragma once
// Shares of a group of queries.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eval/errors/verdict.h"
#include "eval/scoring/statistics.h"

namespace recombine {

/// Named shares, in the order of their family: "exact" first. What is not there does not apply.
class Figures {
 public:
  void add(std::string_view name, const Interval& interval) { all_.emplace_back(name, interval); }
  /// Null where there is none of this name.
  const Interval* find(std::string_view name) const;
  /// Throws DataError where there is none of this name.
  const Interval& at(std::string_view name) const;

  auto begin() const { return all_.begin(); }
  auto end() const { return all_.end(); }

  friend bool operator==(const Figures&, const Figures&) = default;

 private:
  std::vector<std::pair<std::string, Interval>> all_;
};

/// The queries of a group. Shares are of the planned queries (to which they apply).
struct GroupScores {
  std::uint64_t planned = 0;
  Figures figures;
  ErrorCounts errors = {};  ///< of wrong answers that were explained: queries, not study pairs

  friend bool operator==(const GroupScores&, const GroupScores&) = default;
};

}  // namespace recombine
