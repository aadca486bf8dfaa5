#pragma once
// The independent solver: finds the rules of an episode from its study pairs alone. It shares only
// Transformation::apply with the generator and never reads an episode's grammar.

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "data/episode.h"
#include "generator/grids/config.h"
#include "generator/grids/rules/transformation.h"

namespace recombine {

/// The rules that the solver considers.
struct RuleSpace {
  std::vector<Step> steps;  ///< no two do the same
  bool any_order = false;   ///< also other orders of the roles than shape, colour, indicator
  bool same_types = false;  ///< also two rules of one type
};

/// The nine different rules of the published data set.
RuleSpace published_rules();
/// The different rules that a config draws from. Throws InputError for a config that cannot work.
RuleSpace rules_of(const GridConfig& config);
/// Adds the three rules, unless the space has their like, and two of one type where they are so:
/// for imported sets, whose recipe says no rules. False, and nothing is added, where one of the
/// three is not known.
bool add_rules_of(const Grammar& grammar, RuleSpace& space);

/// A rule for each role, and the order in which the rules in force are applied.
struct Program {
  std::array<Step, 3> steps;             ///< of the shape, the colour and the indicator role
  std::array<int, 3> order = {0, 1, 2};  ///< indices into `steps`

  friend bool operator==(const Program&, const Program&) = default;
};

/// The object after the rules that `roles` put in force; nothing where one fails or leaves a grid
/// of `side` cells a side.
std::optional<Object> run_program(const Program& program,
                                  Roles roles,
                                  const Object& object,
                                  int side);

/// A program that explains every study pair, and what it takes for the indicator: the part that no
/// example of the indicator role changes. An empty indicator: no study pair showed one.
struct Hypothesis {
  Program program;
  Object indicator;
};

/// What may be the indicator: the pieces that no study pair of the indicator role changes, in the
/// order of the first such pair's cells. One empty object where there is no such pair.
std::vector<Object> possible_indicators(std::span<const Example> study);

/// All hypotheses of the space that explain the study pairs, in a fixed order. Pairs whose roles
/// are unknown say nothing. Empty where the pairs are not of this kind.
std::vector<Hypothesis> solve(std::span<const Example> study, const RuleSpace& space);

/// An answer to a query, and how many hypotheses give it.
struct Answer {
  Grid output;
  int hypotheses = 0;
};

/// The different answers to a query that all three rules are in force in, most hypotheses first,
/// then in the order of the hypotheses.
std::vector<Answer> answer_query(std::span<const Hypothesis> hypotheses, const Grid& input);

/// How well its study pairs determine an episode.
struct Determination {
  int programs = 0;    ///< different programs that explain all study pairs
  int determined = 0;  ///< queries to which all of them give one answer
  int solved = 0;      ///< queries whose first answer is the recorded output
  int explained = 0;   ///< queries of which the recorded output is one of the answers
  int queries = 0;

  bool unique() const { return determined == queries; }  ///< every query has one answer
};

Determination determine(const Episode& episode, const RuleSpace& space);

}  // namespace recombine
