#pragma once
// Objects that no rule moves, put beside the object of each pair once that is found.

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "generator/grids/search/draw.h"

namespace recombine {

/// What an object beside a pair must not lie on or next to, and what it must not look like.
struct BystanderRoom {
  const DraftGrammar& grammar;
  Roles roles = kUnknownRoles;
  std::vector<Cells> taken;  ///< by the object before and after its rules, and by other bystanders

  bool allows(const Cells& cells) const {
    const Cells shape = cells.shape();
    const bool triggers = shape == grammar.role_shape ||
                          std::ranges::any_of(grammar.all_indicators(), [&](const auto& one) {
                            return shape == one.shape.shape();
                          });
    return !triggers && !touches_indicators(grammar, roles, cells) &&
           std::ranges::none_of(taken, [&](const Cells& other) { return touching(other, cells); });
  }
};

/// Draws so many bystanders into the room. Fewer where a bounded redraw ran out.
template <class Random>
std::vector<Cells> draw_bystanders_in(Random& random, const EpisodePlan& plan, BystanderRoom room) {
  constexpr int kTries = 100;
  std::vector<Cells> drawn;
  for (int tries = 0; tries < kTries && std::ssize(drawn) < plan.bystanders; ++tries) {
    const std::optional<Cells> cells = draw_shaped_cells(random, plan.config);
    if (!cells || !room.allows(*cells)) continue;
    room.taken.push_back(*cells);
    drawn.push_back(*cells);
  }
  return drawn;
}

/// Draws the bystanders of every pair, beside what the rules of `twin` make of it too, unless that
/// is null. False where a bounded redraw ran out.
template <class Random>
bool draw_bystanders(Random& random,
                     const EpisodePlan& plan,
                     const DraftGrammar* twin,
                     Draft& draft) {
  if (plan.bystanders == 0) return true;
  for (DraftSection& section : draft.sections) {
    section.bystanders.clear();
    for (const DraftPair& pair : section.pairs) {
      BystanderRoom room{draft.grammar, section.roles, {pair.input.cells, pair.output.cells}};
      if (twin != nullptr) {
        const Steps steps = steps_in_force(*twin, section.roles);
        const auto output = apply_steps(steps, pair.input, plan.config.side);
        if (output) room.taken.push_back(output->cells);
      }
      section.bystanders.push_back(draw_bystanders_in(random, plan, std::move(room)));
      if (std::ssize(section.bystanders.back()) < plan.bystanders) return false;
    }
  }
  return true;
}

}  // namespace recombine
