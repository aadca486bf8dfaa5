#pragma once
// What `generate grids --certify` promises of an episode: its queries have one answer each.

#include <string>

#include "data/episode.h"
#include "generator/grids/config.h"
#include "generator/grids/solver/solver.h"

namespace recombine {

/// The promise of a config that is_certified(). A value.
class Certificate {
 public:
  /// Throws InputError for a config that cannot work.
  explicit Certificate(const GridConfig& config);

  /// Whether the first pairs of each study section, as many as are promised to do, leave every
  /// query the recorded answer alone.
  bool holds_for_first_pairs(const Episode& episode) const;
  /// The same of all study pairs that the episode has.
  bool holds(const Episode& episode) const;

  /// "any order, sections known, 2 pairs a section".
  std::string text() const;

 private:
  RuleSpace space_;
  int pairs_;
};

}  // namespace recombine
