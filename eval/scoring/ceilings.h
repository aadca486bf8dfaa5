#pragma once
// How much of a set its study pairs determine: what no score can be expected to pass.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "generator/grids/solver/solver.h"

namespace recombine {

/// Of the planned queries, as far as the solver finds a program for their episodes.
struct Ceiling {
  std::string order;  ///< "fixed" or "any": orders of the rules that are considered
  std::uint64_t episodes = 0;
  std::uint64_t ambiguous = 0;  ///< episodes with a query that has several answers
  std::uint64_t queries = 0;
  std::uint64_t determined = 0;  ///< queries that have one answer
  double guessed = 0;  ///< queries that a guess among their answers gets right, on average

  double share() const { return queries == 0 ? 0 : guessed / static_cast<double>(queries); }

  friend bool operator==(const Ceiling&, const Ceiling&) = default;
};

/// What the solver finds, by the orders that it considers: fixed, any.
using FoundByOrder = std::vector<Determination>;

/// Of the first `planned` queries. `rules` are those of the recipe; `of_recipe` says that they are
/// all: otherwise those of the episode are added.
FoundByOrder found_by_order(const Episode& episode,
                            std::size_t planned,
                            const RuleSpace& rules,
                            bool of_recipe);

/// Counts an episode; `ceilings` is empty before the first.
void add_to_ceilings(std::vector<Ceiling>& ceilings, const FoundByOrder& found);

}  // namespace recombine
