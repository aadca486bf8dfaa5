#pragma once
// The draws of an episode, for any source of words. The order of draws is the published
// generator's: with CPython's words they give the published bytes.

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <optional>

#include "data/random.h"
#include "generator/grids/rules/plan.h"
#include "generator/grids/search/draft.h"

namespace recombine {

/// Bound on redraws that almost never happen; past it the attempt is given up.
inline constexpr int kMaxRedraws = 1000;

/// a..b, both included.
template <class Random>
int draw_integer(Random& random, int a, int b) {
  return a + static_cast<int>(random.below(static_cast<std::uint32_t>(b - a + 1)));
}

template <class Random, class Range>
auto draw_element(Random& random, const Range& values) {
  return values[random.below(static_cast<std::uint32_t>(values.size()))];
}

/// The type of each role, as indices into the plan's types.
using DrawnTypes = std::array<int, kMaxRoles>;
template <class Random>
DrawnTypes draw_types(Random& random, const EpisodePlan& plan) {
  std::array<int, 64> order{};
  const std::span<int> types(order.data(), plan.types.size());
  std::iota(types.begin(), types.end(), 0);
  shuffle(random, types);
  DrawnTypes drawn{};
  for (std::size_t role = 0; role < plan.roles; ++role)
    drawn.at(role) = types[types.size() - 1 - role];
  return drawn;
}

template <class Random>
Step draw_step(Random& random, const TypeOptions& type) {
  Step step{type.transformation, {}};
  for (const std::size_t i : type.order) step.choice[i] = draw_element(random, type.options[i]);
  return step;
}

/// The `choice`-th of a cell's 8 neighbours on the grid, in row-major order.
inline Cell neighbour(Cell cell, const Box& around, std::uint32_t choice) {
  const int width = around.width();
  const int centre = (cell.row - around.top) * width + cell.col - around.left;
  const int place = static_cast<int>(choice) + (static_cast<int>(choice) >= centre ? 1 : 0);
  const int row = place >= 2 * width ? 2 : place >= width ? 1 : 0;
  return {static_cast<std::int8_t>(around.top + row),
          static_cast<std::int8_t>(around.left + place - row * width)};
}

/// One self-crossing walk of at most 4 n moves; may end with fewer than n cells.
template <class Random>
Cells draw_walk(Random& random, int cells, int side) {
  std::array<std::uint32_t, kMaxSide> visited{};  // a word a row, a bit a column
  const auto first_row = static_cast<std::int8_t>(draw_integer(random, 0, side - 1));
  const auto first_col = static_cast<std::int8_t>(draw_integer(random, 0, side - 1));
  Cell at{first_row, first_col};
  const auto visit = [&visited](Cell cell) {
    std::uint32_t& row = visited[static_cast<std::size_t>(int{cell.row})];
    const std::uint32_t bit = 1U << static_cast<unsigned>(cell.col);
    const bool fresh = (row & bit) == 0;
    row |= bit;
    return fresh ? 1 : 0;
  };
  int size = visit(at);
  int top = int{at.row};
  int bottom = top;
  for (int moves = 0; size < cells && moves < 4 * cells; ++moves) {
    const Box around{std::max(at.row - 1, 0), std::max(at.col - 1, 0),
                     std::min(at.row + 1, side - 1), std::min(at.col + 1, side - 1)};
    const auto count = static_cast<std::uint32_t>(around.height() * around.width() - 1);
    at = neighbour(at, around, random.below(count));
    size += visit(at);
    top = std::min<int>(top, at.row);
    bottom = std::max<int>(bottom, at.row);
  }
  Cells walk;
  for (int row = top; row <= bottom; ++row) {
    for (std::uint32_t bits = visited[static_cast<std::size_t>(row)]; bits != 0; bits &= bits - 1) {
      walk.insert(
          {static_cast<std::int8_t>(row), static_cast<std::int8_t>(std::countr_zero(bits))});
    }
  }
  return walk;
}

/// A free shape in its place. An undersized walk is followed by walks that are thrown away, until
/// one is complete: the published generator calls itself again and drops the result.
template <class Random>
Cells draw_free_cells(Random& random, int cells, int side) {
  const Cells first = draw_walk(random, cells, side);
  int size = first.size();
  for (int redraws = 0; size < cells && redraws < kMaxRedraws; ++redraws) {
    size = draw_walk(random, cells, side).size();
  }
  return first;
}

inline bool fits_box(const Cells& cells, int shape_box) {
  if (shape_box == 0) return true;
  const Box box = cells.box();
  return box.height() <= shape_box && box.width() <= shape_box;
}

/// Size and cells of an object of free shape that fits the configured box; nothing where none does
/// within the bound.
template <class Random>
std::optional<Cells> draw_shaped_cells(Random& random, const GridConfig& config) {
  for (int redraws = 0; redraws < kMaxRedraws; ++redraws) {
    const int size = draw_integer(random, config.min_shape_size, config.max_shape_size);
    const Cells cells = draw_free_cells(random, size, config.side);
    if (fits_box(cells, config.shape_box)) return cells;
  }
  return std::nullopt;
}

/// Whether two rules have equal parameters by name and value, whatever their types.
inline bool equal_parameters(const Step& a, const Step& b) {
  const auto first = a.transformation->parameters;
  const auto second = b.transformation->parameters;
  if (first.size() != second.size()) return false;
  for (std::size_t i = 0; i < first.size(); ++i) {
    const auto value = [i](const Step& step, const auto& specs) {
      return specs[i].values[static_cast<std::size_t>(step.choice[i])];
    };
    if (first[i].name != second[i].name || value(a, first) != value(b, second)) return false;
  }
  return true;
}

inline void keep_free_colours(DraftGrammar& grammar) {
  std::size_t free = 0;
  for (Colour colour = 1; colour < kColours; ++colour) {
    const bool taken =
        colour == grammar.role_colour || colour == grammar.bystander_colour ||
        std::ranges::any_of(grammar.all_indicators(), [&](const DraftIndicator& indicator) {
          return indicator.colour == colour;
        });
    if (!taken) grammar.free_colours.at(free++) = colour;
  }
  grammar.free_count = free;
}

/// Colour, shape and rule of the indicators behind the first, all different. False where a bounded
/// redraw ran out.
template <class Random>
bool draw_further(Random& random,
                  const EpisodePlan& plan,
                  const DrawnTypes& types,
                  DraftGrammar& grammar) {
  const std::span<const DraftIndicator> before = grammar.all_indicators();
  for (std::size_t i = 1; i < before.size(); ++i) {
    DraftIndicator& indicator = grammar.indicators.at(i);
    keep_free_colours(grammar);
    indicator.colour = draw_element(random, free_colours_of(grammar));
    bool fresh = false;
    for (int redraws = 0; !fresh; ++redraws) {
      if (redraws == kMaxRedraws) return false;
      indicator.index =
          static_cast<int>(random.below(static_cast<std::uint32_t>(plan.indicators.size())));
      indicator.shape = plan.indicators[static_cast<std::size_t>(indicator.index)];
      fresh = std::ranges::none_of(before.first(i), [&](const DraftIndicator& other) {
        return other.shape == indicator.shape;
      });
    }
    const std::size_t role = i + kFirstIndicatorRole;
    grammar.steps.at(role) =
        draw_step(random, plan.types[static_cast<std::size_t>(types.at(role))]);
  }
  keep_free_colours(grammar);
  return true;
}

/// Everything of a grammar but the indicators' places. Nothing where a bounded redraw ran out.
template <class Random>
std::optional<DraftGrammar> draw_grammar(Random& random,
                                         const EpisodePlan& plan,
                                         const DrawnTypes& types) {
  const auto options = [&](std::size_t role) -> const TypeOptions& {
    return plan.types[static_cast<std::size_t>(types.at(role))];
  };
  DraftGrammar grammar;
  grammar.roles = plan.roles;
  DraftIndicator& indicator = grammar.indicators.front();
  grammar.role_colour = static_cast<Colour>(draw_integer(random, 1, 9));
  grammar.steps[1] = draw_step(random, options(1));
  const auto other = static_cast<Colour>(draw_integer(random, 1, 8));
  indicator.colour = static_cast<Colour>(other < grammar.role_colour ? other : other + 1);
  indicator.index =
      static_cast<int>(random.below(static_cast<std::uint32_t>(indicator_shapes().size())));
  indicator.shape = plan.indicators[static_cast<std::size_t>(indicator.index)];
  grammar.steps[2] = draw_step(random, options(2));
  keep_free_colours(grammar);
  grammar.steps[0] = draw_step(random, options(0));
  for (int redraws = 0; equal_parameters(grammar.steps[0], grammar.steps[1]); ++redraws) {
    if (redraws == kMaxRedraws) return std::nullopt;
    grammar.steps[0] = draw_step(random, options(0));
  }
  if (plan.roles > kUsualRoles && !draw_further(random, plan, types, grammar)) return std::nullopt;
  if (plan.bystanders > 0) {
    grammar.bystander_colour = draw_element(random, free_colours_of(grammar));
    keep_free_colours(grammar);
  }
  if (plan.config.order_is_drawn()) shuffle(random, std::span(grammar.order.data(), grammar.roles));
  // "1001" is listed so and is not canonical: it excludes no role shape.
  const bool canonical = plan.indicator_is_canonical[static_cast<std::size_t>(indicator.index)];
  const auto is_taken = [&](const Cells& shape) {
    const auto indicators = grammar.all_indicators();
    return (canonical && shape == indicator.shape) ||
           std::ranges::any_of(indicators.subspan(1), [&](const DraftIndicator& further) {
             return shape == further.shape;
           });
  };
  for (int redraws = 0; redraws < kMaxRedraws; ++redraws) {
    const int size = draw_integer(random, plan.config.min_shape_size, plan.config.max_shape_size);
    draw_element(random, free_colours_of(grammar));  // drawn and not used
    const Cells cells = draw_free_cells(random, size, plan.config.side);
    if (!fits_box(cells, plan.config.shape_box)) continue;
    grammar.role_shape = cells.shape();
    if (!is_taken(grammar.role_shape)) return grammar;
  }
  return std::nullopt;
}

/// A given shape at a random place on the grid: row, then column.
template <class Random>
Cell draw_offset(Random& random, const Box& shape_box, int side) {
  const int row = draw_integer(random, 0, side - shape_box.height());
  const int col = draw_integer(random, 0, side - shape_box.width());
  return {static_cast<std::int8_t>(row), static_cast<std::int8_t>(col)};
}

}  // namespace recombine
