#pragma once
// A query taken apart: the object that its rules change, and what stays.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/episode.h"
#include "generator/grids/rules/transformation.h"

namespace recombine {

/// The name of a role as reports have it: "shape", "color", "indicator", "indicator2", ...
std::string role_key(std::size_t role);

/// A rule of an episode.
struct RoleRule {
  std::string role;  ///< its role_key()
  Step step;
  bool in_force = true;  ///< whether the query calls for it
};

/// A query: the object that its rules change, and what stays.
struct QueryParts {
  Object object;
  Grid rest;  ///< the input without the object
};

/// The piece of the input that the rules in force, in their order, lead to the output of the query.
/// Nothing where there is none: these are not its rules.
std::optional<QueryParts> find_parts(const Example& query, std::span<const RoleRule> rules);

/// As the solver has it: every object between two rules lies on the grid.
std::optional<Object> applied(const Step& step, const Object& object, int side);

/// Cells, in order, and their colour; no cells: 0.
struct ShownObject {
  std::vector<Cell> cells;
  Colour colour = 0;
};

/// What an answer shows beside `rest`; nothing where that is not as it was, or the object has two
/// colours.
std::optional<ShownObject> shown_object(const Grid& answer, const Grid& rest);

/// Whether the object, with `rest` painted over it, looks as `shown`.
bool looks_as(const Object& object, const ShownObject& shown, const Grid& rest);

}  // namespace recombine
