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
  bool any_order = false;   ///< also other orders of the roles than shape, colour, indicators
  bool same_types = false;  ///< also two rules of one type
  /// Also which rules a study pair shows is to be found, from the pictures alone: determine() knows
  /// how. solve() takes the roles as given, whatever this says.
  bool hidden_sections = false;
  /// Also objects that no rule moves: those of a colour that is in every study input and stays.
  bool bystanders = false;
};

/// The nine different rules of the published data set.
RuleSpace published_rules();
/// The different rules that a config draws from. Throws InputError for a config that cannot work.
RuleSpace rules_of(const GridConfig& config);
/// Adds the rules, unless the space has their like, two of one type and other orders where it is
/// so: for imported sets, whose recipe says no rules. False, and nothing is added, where one of
/// them is not known.
bool add_rules_of(const Grammar& grammar, RuleSpace& space);
/// The same of an episode, and objects that no rule moves where its pictures have some.
bool add_rules_of(const Episode& episode, RuleSpace& space);

/// A rule for each role, and the order in which the rules in force are applied.
struct Program {
  std::array<Step, kMaxRoles> steps;  ///< of the shape, the colour and the indicators; then none
  std::array<int, kMaxRoles> order = {0, 1, 2, 3, 4, 5};  ///< indices into `steps`

  /// The roles that have a rule.
  Roles all_roles() const {
    Roles roles = kUnknownRoles;
    for (std::size_t role = 0; role < kMaxRoles; ++role) {
      if (steps.at(role).transformation != nullptr) roles |= role_bit(role);
    }
    return roles;
  }

  friend bool operator==(const Program&, const Program&) = default;
};

/// The object after the rules that `roles` put in force; nothing where one fails or leaves a grid
/// of `side` cells a side.
std::optional<Object> run_program(const Program& program,
                                  Roles roles,
                                  const Object& object,
                                  int side);

/// One for each indicator role; an empty one was not shown.
using ShownIndicators = std::vector<Object>;

/// A program that explains every study pair, and what it takes for the indicators: the parts that
/// no example of an indicator's role changes.
struct Hypothesis {
  Program program;
  ShownIndicators indicators;
  Colour bystanders = 0;  ///< the colour of objects that no rule moves; 0: there are none
};

/// How many roles the pairs have, three at least.
std::size_t roles_of(std::span<const Example> pairs);

/// What may be the indicators. Of each role: the pieces that no study pair of that role changes, in
/// the order of the first such pair's cells; an empty object where there is no such pair.
std::vector<ShownIndicators> possible_indicators(std::span<const Example> study);

/// All hypotheses of the space that explain the study pairs, in a fixed order. Pairs whose roles
/// are unknown say nothing. Empty where the pairs are not of this kind.
std::vector<Hypothesis> solve(std::span<const Example> study, const RuleSpace& space);
/// The same where pairs do not say their roles: those under the triggers that `asked` show, inputs
/// that all three rules are in force in. Of pairs none of which says its roles: empty where no
/// triggers fit.
std::vector<Hypothesis> solve(std::span<const Example> study,
                              std::span<const Grid> asked,
                              const RuleSpace& space);

/// An answer to a query, and how many hypotheses give it.
struct Answer {
  Grid output;
  int hypotheses = 0;
};

/// The different answers to a query, most hypotheses first, then in the order of the hypotheses.
/// Where the query does not say its roles, all rules are in force.
std::vector<Answer> answer_query(std::span<const Hypothesis> hypotheses,
                                 const Grid& input,
                                 Roles roles = kUnknownRoles);

/// How well its study pairs determine an episode.
struct Determination {
  int programs = 0;    ///< different programs that explain all study pairs
  int determined = 0;  ///< queries to which all of them give one answer
  int solved = 0;      ///< queries whose first answer is the recorded output
  int explained = 0;   ///< queries of which the recorded output is one of the answers
  int queries = 0;
  /// The queries that a guess among their answers gets right, on average: a query with n answers,
  /// the recorded one among them, counts 1 / n.
  double guessed = 0;

  bool unique() const { return determined == queries; }  ///< every query has one answer

  /// Counts a query that has these answers and this recorded output.
  void add_query(const std::vector<Answer>& answers, const Grid& recorded);
};

Determination determine(const Episode& episode, const RuleSpace& space);

}  // namespace recombine
