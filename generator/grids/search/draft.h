#pragma once
// An episode while it is being found: its grammar and its pairs as objects, not yet as grids.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "data/episode.h"
#include "generator/grids/rules/transformation.h"

namespace recombine {

/// The rules and what triggers them, in the compact form of the inner loops.
struct DraftGrammar {
  Step shape_step;
  Step colour_step;
  Step indicator_step;
  Cells role_shape;         ///< canonical
  Cells indicator_shape;    ///< canonical
  int indicator_index = 0;  ///< into indicator_shapes()
  Colour role_colour = 0;
  Colour indicator_colour = 0;
  std::array<Colour, 7> free_colours{};
  std::size_t free_count = 7;  ///< of them there are
  Cells other_shape;           ///< that free shapes avoid beside the role shape; may be empty
  Cells indicator;             ///< in its place; drawn after the rest
};

inline std::span<const Colour> free_colours_of(const DraftGrammar& grammar) {
  return {grammar.free_colours.data(), grammar.free_count};
}

struct DraftPair {
  Object input;
  Object output;
};

/// The steps that a section's roles put in force, in their order: shape, colour, indicator.
struct Steps {
  std::array<const Step*, 3> list{};
  std::size_t count = 0;

  std::span<const Step* const> all() const& { return {list.data(), count}; }
  std::span<const Step* const> all() && = delete;  // would outlive its steps in a range-for
};
Steps steps_in_force(const DraftGrammar& grammar, Roles roles);

/// The object after all steps; nothing where one fails or leaves a grid of `side`.
std::optional<Object> apply_steps(const Steps& steps, const Object& object, int side);

/// What must differ between the episodes of a data set: everything of the grammar but the
/// indicator's place. Equal keys, equal grammars.
std::string grammar_key(const DraftGrammar& grammar);
/// The same key of a finished episode. Throws DataError where its grammar is not complete.
std::string grammar_key(const Grammar& grammar);

/// Pairs of the seven sections in the order of generation: queries first.
inline constexpr std::array<Roles, 7> kGenerationOrder = {
    kAllRoles,
    kShapeRole | kColourRole,
    kShapeRole | kIndicatorRole,
    kColourRole | kIndicatorRole,
    kShapeRole,
    kColourRole,
    kIndicatorRole,
};

struct Draft {
  DraftGrammar grammar;
  std::array<std::vector<DraftPair>, 8> pairs;  ///< by the section's roles
};

/// The finished episode, study sections in the order of files.
Episode to_episode(const Draft& draft, int side, std::string id, int attempt);

}  // namespace recombine
