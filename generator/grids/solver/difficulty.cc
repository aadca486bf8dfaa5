#include "generator/grids/solver/difficulty.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <limits>
#include <span>

#include "data/error.h"
#include "data/triggers.h"

namespace recombine {
namespace {

using Measured = std::optional<int>;

Measured depth_of(const Episode& episode, const RuleSpace&) {
  Measured most;
  for (const Example& query : episode.queries) {
    if (query.roles != kUnknownRoles)
      most = std::max(most.value_or(0), std::popcount(unsigned{query.roles}));
  }
  return most;
}

Measured size_of(const Episode& episode, const RuleSpace&) {
  if (episode.grammar.role_shape.empty()) return std::nullopt;
  return parse_shape(episode.grammar.role_shape).size();
}

/// In cells, where a step to any of the eight neighbours is one.
int steps_between(Cell a, Cell b) {
  return std::max(std::abs(a.row - b.row), std::abs(a.col - b.col));
}

/// From the farthest cell of `object` to the nearest one of `from`.
int reach_beyond(const Cells& object, const Cells& from) {
  int farthest = 0;
  for (const Cell cell : object.list()) {
    int nearest = std::numeric_limits<int>::max();
    for (const Cell other : from.list()) nearest = std::min(nearest, steps_between(cell, other));
    farthest = std::max(farthest, nearest);
  }
  return farthest;
}

Measured distance_of(const Episode& episode, const RuleSpace&) {
  const Grammar& grammar = episode.grammar;
  if (grammar.role_shape.empty() || !grammar.says_rules()) return std::nullopt;
  const Object asked{parse_shape(grammar.role_shape), static_cast<Colour>(grammar.role_colour)};
  std::optional<Object> object = asked;
  try {
    for (const std::size_t role : grammar.applied(grammar.all_roles())) {
      object = to_step(grammar.rules.at(role)).apply(*object);
      if (!object || object->cells.empty()) return std::nullopt;
    }
  } catch (const InputError&) {
    return std::nullopt;  // a rule that is not known
  }
  return reach_beyond(object->cells, asked.cells);
}

/// Cells that both have when `b` is moved so that its cell `to` lies on `from`.
int shared_cells(const Cells& a, Cell from, const Cells& b, Cell to) {
  return static_cast<int>(std::ranges::count_if(b.list(), [&](Cell cell) {
    const Cell moved{static_cast<std::int8_t>(cell.row + from.row - to.row),
                     static_cast<std::int8_t>(cell.col + from.col - to.col)};
    return a.contains(moved);
  }));
}

Measured overlap_of(const Episode& episode, const RuleSpace&) {
  constexpr int kWhole = 100;
  const Grammar& grammar = episode.grammar;
  if (grammar.role_shape.empty() || grammar.indicators[0].shape.empty()) return std::nullopt;
  const Cells role = parse_shape(grammar.role_shape);
  const Cells indicator = parse_shape(grammar.indicators[0].shape);
  int most = 0;
  for (const Cell from : role.list()) {
    for (const Cell to : indicator.list())
      most = std::max(most, shared_cells(role, from, indicator, to));
  }
  return kWhole * most / (role.size() + indicator.size() - most);
}

Measured section_programs_of(const Episode& episode, const RuleSpace& space) {
  if (lacks_roles(episode.study)) return std::nullopt;
  Episode alone;
  for (const Example& pair : episode.study) {
    if (std::has_single_bit(unsigned{pair.roles})) alone.study.push_back(pair);
  }
  RuleSpace fixed = space;
  fixed.any_order = false;
  return determine(alone, fixed).programs;
}

Measured programs_of(const Episode& episode, const RuleSpace& space) {
  Episode shown;
  shown.study = episode.study;
  if (lacks_roles(shown.study)) shown.queries = episode.queries;  // which tell the roles
  RuleSpace any = space;
  any.any_order = true;
  return determine(shown, any).programs;
}

/// How a number is taken, and the least number of each group; no groups: each number is one.
struct Measure {
  Measured (*of)(const Episode& episode, const RuleSpace& space);
  std::span<const int> groups;
};

constexpr std::array kQuarters = {0, 25, 50, 75};
constexpr std::array kDoublings = {0, 1, 2, 3, 5, 9, 17};

/// In the order of kDifficulties.
constexpr std::array<Measure, kDifficulties.size()> kMeasures = {{{depth_of, {}},
                                                                  {size_of, {}},
                                                                  {distance_of, {}},
                                                                  {overlap_of, kQuarters},
                                                                  {section_programs_of, kDoublings},
                                                                  {programs_of, kDoublings}}};

}  // namespace

std::optional<int> difficulty(Difficulty measure, const Episode& episode, const RuleSpace& space) {
  return kMeasures.at(static_cast<std::size_t>(measure)).of(episode, space);
}

std::string difficulty_group(Difficulty measure, int value) {
  const std::span<const int> groups = kMeasures.at(static_cast<std::size_t>(measure)).groups;
  const auto next = std::ranges::upper_bound(groups, value);
  if (groups.empty() || next == groups.begin()) return std::to_string(value);
  const int from = *(next - 1);
  if (next == groups.end()) return cat(from, " and more");
  return *next == from + 1 ? std::to_string(from) : cat(from, "..", *next - 1);
}

bool is_within(const std::vector<DifficultyBound>& bounds,
               const Episode& episode,
               const RuleSpace& space) {
  return std::ranges::all_of(bounds, [&](const DifficultyBound& bound) {
    const std::optional<int> number = difficulty(bound.measure, episode, space);
    return number && *number >= bound.from && *number <= bound.to;
  });
}

}  // namespace recombine
