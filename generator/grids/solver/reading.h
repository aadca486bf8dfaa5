#pragma once
// Pictures read as objects: what the solver sees of a study pair or a query.

#include <optional>
#include <span>
#include <vector>

#include "data/episode.h"
#include "generator/grids/rules/cells.h"
#include "generator/grids/solver/solver.h"

namespace recombine {

/// A study pair with its objects told apart from the indicator.
struct ObjectPair {
  Roles roles = kUnknownRoles;
  Object input;
  Object output;
};

/// What is on the grid beside the indicators; nothing where that is not an object of one colour, or
/// an indicator is not in its place. An empty indicator is none.
std::optional<Object> object_beside(const Grid& grid, std::span<const Object> indicators);

/// The pieces of an input that could be an indicator: of one colour, and not the whole picture.
std::vector<Object> pieces(const Grid& grid);

/// Whether the piece stands in both grids of the example, in its place and colour.
bool shows_piece(const Example& example, const Object& piece);

/// The indicators of the roles: those that stand in an example.
ShownIndicators present(const ShownIndicators& indicators, Roles roles);

/// The study pairs whose roles are known, as objects; an output in colour 0 is empty. Nothing where
/// a pair does not read so.
std::optional<std::vector<ObjectPair>> read_pairs(std::span<const Example> study,
                                                  const ShownIndicators& indicators);

}  // namespace recombine
