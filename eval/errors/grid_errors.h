#pragma once
// What a wrong grid was: the right program with something changed, a copy, or a picture that is
// nearly right.

#include <vector>

#include "data/episode.h"
#include "eval/errors/nearest_program.h"
#include "eval/errors/verdict.h"
#include "generator/grids/solver/solver.h"

namespace recombine {

/// Names wrong answers to the queries of one episode.
class EpisodeErrors {
 public:
  /// The rules are those of the episode's grammar; where it names none, or some that are not known,
  /// those that the solver finds in the study pairs. `space` has the rules that may stand in for
  /// another. Both must outlive this.
  EpisodeErrors(const Episode& episode, const RuleSpace& space);

  /// The first of grid_error_kinds() that fits, and the changes where that is a program. `answer`
  /// is not the query's output. Kinds that need rules are left out where those of the episode do
  /// not lead to that output. Requires query < episode.queries.size().
  ErrorVerdict explain(std::size_t query, const Grid& answer) const;

 private:
  const Episode& episode_;
  const RuleSpace& space_;
  std::vector<std::vector<RoleRule>> programs_;  ///< that may be the episode's, likeliest first
};

}  // namespace recombine
