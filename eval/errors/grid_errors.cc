#include "eval/errors/grid_errors.h"

#include <algorithm>
#include <compare>
#include <optional>
#include <string_view>
#include <utility>

#include "data/components.h"
#include "data/error.h"
#include "eval/errors/kinds.h"

namespace recombine {
namespace {

constexpr std::ptrdiff_t kFewCellsAtMost = 3;

/// In the order of application. Nothing where a rule is not known.
std::optional<std::vector<RoleRule>> rules_of_grammar(const Grammar& grammar) {
  std::vector<RoleRule> rules;
  if (!grammar.says_rules()) return std::nullopt;
  for (const std::size_t role : grammar.applied(grammar.all_roles())) {
    try {
      rules.push_back({role_key(role), to_step(grammar.rules.at(role)), true});
    } catch (const InputError&) {
      return std::nullopt;
    }
  }
  return rules;
}

std::vector<RoleRule> rules_of_program(const Program& program) {
  std::vector<RoleRule> rules;
  for (const int place : program.order) {
    const auto role = static_cast<std::size_t>(place);
    if (has_role(program.all_roles(), role))
      rules.push_back({role_key(role), program.steps.at(role), true});
  }
  return rules;
}

/// The programs that explain the study pairs; none where no pair says which rules it shows.
std::vector<std::vector<RoleRule>> solved_programs(const Episode& episode, const RuleSpace& space) {
  std::vector<std::vector<RoleRule>> programs;
  const bool says_roles = std::ranges::any_of(
      episode.study, [](const Example& example) { return example.roles != kUnknownRoles; });
  if (!says_roles) return programs;
  for (const Hypothesis& hypothesis : solve(episode.study, space))
    programs.push_back(rules_of_program(hypothesis.program));
  return programs;
}

/// Puts in force what the query calls for: all rules where it does not say.
void put_in_force(std::vector<RoleRule>& rules, Roles roles) {
  if (roles == kUnknownRoles) return;
  for (RoleRule& rule : rules) rule.in_force = false;
  for (std::size_t role = 0; role < kMaxRoles; ++role) {
    const auto place = std::ranges::find(rules, role_key(role), &RoleRule::role);
    if (place != rules.end()) place->in_force = has_role(roles, role);
  }
}

/// A piece of one colour at the top left corner.
struct Piece {
  Colour colour = 0;
  Component cells;

  friend auto operator<=>(const Piece&, const Piece&) = default;
};

/// The 8-connected pieces of each colour, sorted.
std::vector<Piece> pieces_of(const Grid& grid) {
  std::vector<Piece> pieces;
  for (Colour colour = 1; colour < kColours; ++colour) {
    Grid only = grid;
    for (Colour& cell : only.cells()) cell = cell == colour ? cell : Colour{0};
    for (Component& cells : connected_components(only)) {
      const int top = cells.front().row;
      const int left = std::ranges::min_element(cells, {}, &GridCell::col)->col;
      for (GridCell& cell : cells) cell = {cell.row - top, cell.col - left};
      pieces.push_back({colour, std::move(cells)});
    }
  }
  std::ranges::sort(pieces);
  return pieces;
}

bool same_cells(const Grid& a, const Grid& b) {
  return std::ranges::equal(a.cells(), b.cells(),
                            [](Colour one, Colour other) { return (one == 0) == (other == 0); });
}

std::ptrdiff_t different_cells(const Grid& a, const Grid& b) {
  std::ptrdiff_t different = 0;
  for (std::size_t cell = 0; cell < a.cells().size(); ++cell)
    different += a.cells()[cell] == b.cells()[cell] ? 0 : 1;
  return different;
}

/// Of a grid of the right side that no program explains.
std::string_view kind_of_picture(const Grid& answer, const Grid& truth) {
  if (pieces_of(answer) == pieces_of(truth)) return error_kind::kWrongPlace;
  if (same_cells(answer, truth)) return error_kind::kWrongColour;
  if (different_cells(answer, truth) <= kFewCellsAtMost) return error_kind::kFewCells;
  return error_kind::kNone;
}

}  // namespace

EpisodeErrors::EpisodeErrors(const Episode& episode, const RuleSpace& space)
    : episode_(episode), space_(space) {
  if (auto rules = rules_of_grammar(episode.grammar)) {
    programs_.push_back(std::move(*rules));
  } else {
    programs_ = solved_programs(episode, space);
  }
}

ErrorVerdict EpisodeErrors::explain(std::size_t query, const Grid& answer) const {
  const Example& asked = episode_.queries.at(query);
  if (answer.side() != asked.output.side()) return {error_kind::kWrongSide, {}};
  if (answer == asked.input) return {error_kind::kInputCopied, {}};
  const auto copied = std::ranges::find(episode_.study, answer, &Example::output);
  if (copied != episode_.study.end()) return {error_kind::kStudyCopied, {}};
  for (std::vector<RoleRule> rules : programs_) {
    put_in_force(rules, asked.roles);
    const std::optional<QueryParts> parts = find_parts(asked, rules);
    if (!parts) continue;
    if (auto verdict = nearest_program(*parts, rules, answer, space_)) return *verdict;
    break;
  }
  return {kind_of_picture(answer, asked.output), {}};
}

}  // namespace recombine
