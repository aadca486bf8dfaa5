#pragma once
// The draws of an episode, for any source of words. The order of draws is the published
// generator's: with CPython's words they give the published bytes.

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <optional>

#include "data/random.h"
#include "generator/grids/search/draft.h"
#include "generator/grids/search/plan.h"

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

/// The types of the shape, colour and indicator role, as indices into the plan's types.
template <class Random>
std::array<int, 3> draw_types(Random& random, const EpisodePlan& plan) {
  std::array<int, 32> order{};
  const std::span<int> types(order.data(), plan.types.size());
  std::iota(types.begin(), types.end(), 0);
  shuffle(random, types);
  const std::size_t last = types.size() - 1;
  return {types[last], types[last - 1], types[last - 2]};
}

template <class Random>
Step draw_step(Random& random, const TypeOptions& type) {
  Step step{type.transformation, {}};
  for (std::size_t i = 0; i < type.options.size(); ++i)
    step.choice[i] = draw_element(random, type.options[i]);
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

/// Everything of a grammar but the indicator's place. Nothing where a
/// bounded redraw ran out.
template <class Random>
std::optional<DraftGrammar> draw_grammar(Random& random,
                                         const EpisodePlan& plan,
                                         const std::array<int, 3>& types) {
  const auto options = [&](int role) -> const TypeOptions& {
    return plan.types[static_cast<std::size_t>(types[static_cast<std::size_t>(role)])];
  };
  DraftGrammar grammar;
  grammar.role_colour = static_cast<Colour>(draw_integer(random, 1, 9));
  grammar.colour_step = draw_step(random, options(1));
  const auto other = static_cast<Colour>(draw_integer(random, 1, 8));
  grammar.indicator_colour = static_cast<Colour>(other < grammar.role_colour ? other : other + 1);
  grammar.indicator_index =
      static_cast<int>(random.below(static_cast<std::uint32_t>(indicator_shapes().size())));
  grammar.indicator_shape = plan.indicators[static_cast<std::size_t>(grammar.indicator_index)];
  grammar.indicator_step = draw_step(random, options(2));
  std::size_t free = 0;
  for (Colour colour = 1; colour < kColours; ++colour) {
    if (colour != grammar.role_colour && colour != grammar.indicator_colour) {
      grammar.free_colours[free++] = colour;
    }
  }
  grammar.shape_step = draw_step(random, options(0));
  for (int redraws = 0; equal_parameters(grammar.shape_step, grammar.colour_step); ++redraws) {
    if (redraws == kMaxRedraws) return std::nullopt;
    grammar.shape_step = draw_step(random, options(0));
  }
  // "1001" is listed so and is not canonical: it excludes no role shape.
  const bool canonical =
      plan.indicator_is_canonical[static_cast<std::size_t>(grammar.indicator_index)];
  for (int redraws = 0; redraws < kMaxRedraws; ++redraws) {
    const int size = draw_integer(random, plan.config.min_shape_size, plan.config.max_shape_size);
    draw_element(random, grammar.free_colours);  // drawn and not used
    const Cells cells = draw_free_cells(random, size, plan.config.side);
    if (!fits_box(cells, plan.config.shape_box)) continue;
    grammar.role_shape = cells.shape();
    if (!canonical || grammar.role_shape != grammar.indicator_shape) return grammar;
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
