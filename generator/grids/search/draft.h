#pragma once
// An episode while it is being found: its grammar and its pairs as objects, not yet as grids.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "data/episode.h"
#include "generator/grids/config.h"
#include "generator/grids/rules/transformation.h"

namespace recombine {

struct DraftIndicator {
  Cells shape;    ///< canonical
  int index = 0;  ///< of the shape, into indicator_shapes()
  Colour colour = 0;
  Cells place;  ///< its cells on the grid; drawn after the rest
};

/// The rules and what triggers them, in the compact form of the inner loops.
struct DraftGrammar {
  std::size_t roles = kUsualRoles;
  std::array<Step, kMaxRoles> steps{};                          ///< the first `roles` of them
  std::array<std::uint8_t, kMaxRoles> order{0, 1, 2, 3, 4, 5};  ///< of application; likewise
  Cells role_shape;                                             ///< canonical
  Colour role_colour = 0;
  std::array<DraftIndicator, kMaxRoles - kFirstIndicatorRole> indicators;
  std::array<Colour, 7> free_colours{};
  std::size_t free_count = 7;   ///< of them there are
  Cells other_shape;            ///< that free shapes avoid beside the role shape; may be empty
  Colour bystander_colour = 0;  ///< none of the others; 0: there are no bystanders

  Roles all_roles() const { return first_roles(roles); }
  std::span<const DraftIndicator> all_indicators() const {
    return {indicators.data(), roles - kFirstIndicatorRole};
  }
};

inline std::span<const Colour> free_colours_of(const DraftGrammar& grammar) {
  return {grammar.free_colours.data(), grammar.free_count};
}

/// Calls use(indicator) for those that the roles put on the grid.
template <class Use>
void for_each_indicator(const DraftGrammar& grammar, Roles roles, const Use& use) {
  for (std::size_t role = kFirstIndicatorRole; role < grammar.roles; ++role) {
    if (has_role(roles, role)) use(grammar.indicators.at(role - kFirstIndicatorRole));
  }
}

/// Whether the cells lie on or beside an indicator that the roles put on the grid.
inline bool touches_indicators(const DraftGrammar& grammar, Roles roles, const Cells& cells) {
  bool touches = false;
  for_each_indicator(grammar, roles, [&](const DraftIndicator& indicator) {
    touches = touches || touching(indicator.place, cells);
  });
  return touches;
}

struct DraftPair {
  Object input;
  Object output;
};

/// The steps that a section's roles put in force, in their order.
struct Steps {
  std::array<const Step*, kMaxRoles> list{};
  std::size_t count = 0;

  std::span<const Step* const> all() const& { return {list.data(), count}; }
  std::span<const Step* const> all() && = delete;  // would outlive its steps in a range-for
};
Steps steps_in_force(const DraftGrammar& grammar, Roles roles);

/// The object after all steps; nothing where one fails or leaves a grid of `side`.
std::optional<Object> apply_steps(const Steps& steps, const Object& object, int side);

/// The roles that have another rule, or another place in the order, in one of two grammars of as
/// many roles.
Roles changed_roles(const DraftGrammar& a, const DraftGrammar& b);

/// What must differ between the episodes of a data set: everything of the grammar but the
/// indicators' places. Equal keys, equal grammars.
std::string grammar_key(const DraftGrammar& grammar);
/// The same key of a finished episode. Throws DataError where its grammar is not complete.
std::string grammar_key(const Grammar& grammar);

/// The pairs of one set of roles, shown or asked.
struct DraftSection {
  Roles roles = kUnknownRoles;
  bool asked = false;
  int wanted = 0;
  std::vector<DraftPair> pairs = {};
  std::vector<std::vector<Cells>> bystanders = {};  ///< of each pair; empty where there are none
};

struct Draft {
  DraftGrammar grammar;
  std::vector<DraftSection> sections;  ///< in the order of generation: those that are asked first
  std::vector<Roles> asked;            ///< the roles of each query; empty: all of the grammar's
};

/// Gives the draft the sections of its grammar: those that it asks, then each two roles, then each
/// alone. Keeps pairs of an earlier attempt, to be written over.
void set_sections(const GridConfig& config, Draft& draft);

/// Whether a study pair has the input of a query.
bool shows_a_query(const Draft& draft);

/// The finished episode, study sections in the order of files.
Episode to_episode(const Draft& draft, int side, std::string id, int attempt);

}  // namespace recombine
