#pragma once
// What puts rules in force, read off inputs: for study pairs that do not say which rules they show.

#include <span>
#include <vector>

#include "data/components.h"
#include "data/episode.h"

namespace recombine {

/// A connected piece of one colour, in its place.
struct Piece {
  Component cells;
  Colour colour = 0;

  friend bool operator==(const Piece&, const Piece&) = default;
};

/// An object's shape triggers the shape rule, its colour the colour rule, and a second piece, which
/// stays in its place, the indicator rule.
struct Triggers {
  Component shape;  ///< from the top left of its bounding box
  Colour colour = 0;
  Piece indicator;
};

/// The triggers that `asked` allow, inputs that need all three rules: under each of them every
/// study pair shows a rule at least, and no study pair changes the indicator. Mostly one. None
/// where the grids are not of this kind, or `asked` is empty.
std::vector<Triggers> possible_triggers(std::span<const Example> study,
                                        std::span<const Grid> asked);

/// The rules in force in an input; kUnknownRoles for none of them, and for a grid that is not of
/// this kind: one piece, or the indicator and one other.
Roles roles_under(const Triggers& triggers, const Grid& input);

/// Whether a study pair does not say its roles.
bool lacks_roles(std::span<const Example> study);

/// The study pairs with their roles as the triggers have them, but for those that say theirs.
std::vector<Example> with_roles(std::span<const Example> study, const Triggers& triggers);

}  // namespace recombine
