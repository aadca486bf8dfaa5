#pragma once
// A Compositional-ARC episode: three rules shown alone and in pairs; the questions need all three.
// (Compositional-ARC, arXiv 2504.01445.)

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data/grid.h"

namespace recombine {

/// Which of the three rules are in force in an example, as a set of bits. The rules are applied in
/// this order: shape, colour, indicator.
using Roles = std::uint8_t;
inline constexpr Roles kShapeRole = 1;
inline constexpr Roles kColourRole = 2;
inline constexpr Roles kIndicatorRole = 4;
inline constexpr Roles kAllRoles = 7;
inline constexpr Roles kUnknownRoles = 0;  ///< an imported example that does not say

/// The six study sections, in the order in which files and models have them.
inline constexpr std::array<Roles, 6> kStudySections = {
    kShapeRole,
    kColourRole,
    kIndicatorRole,
    kShapeRole | kColourRole,
    kShapeRole | kIndicatorRole,
    kColourRole | kIndicatorRole,
};

/// "shape", "shape+colour", ..., "shape+colour+indicator"; "unknown" for no role.
std::string_view section_name(Roles roles);

/// One parameter of a rule, as written into files: direction = "-x", step_size = "1".
struct Parameter {
  std::string name;
  std::string value;

  friend bool operator==(const Parameter&, const Parameter&) = default;
};

/// A transformation with its parameters.
struct Rule {
  std::string type;
  std::vector<Parameter> parameters;

  friend bool operator==(const Rule&, const Rule&) = default;
};

/// "translation direction=x step_size=1".
std::string to_text(const Rule& rule);

/// What an episode is about. Shapes are canonical strings (two digits a cell, row and column from
/// the top left of the bounding box; sides over 10 write columns and rows as base-36 digits). An
/// imported episode may know the rules alone: then shapes are empty and colours 0.
struct Grammar {
  Rule shape_rule;
  Rule colour_rule;
  Rule indicator_rule;
  std::string role_shape;
  int role_colour = 0;
  std::string indicator_shape;
  int indicator_colour = 0;
  int indicator_row = 0;  ///< of the top left corner of its bounding box
  int indicator_col = 0;

  friend bool operator==(const Grammar&, const Grammar&) = default;
};

/// An input grid, its output grid, and the rules that lead from one to the other.
struct Example {
  Roles roles = kUnknownRoles;
  Grid input;
  Grid output;

  friend bool operator==(const Example&, const Example&) = default;
};

/// All grids have the same side. A value.
struct Episode {
  std::string id;   ///< unique in a data set and kept by its splits: "e73412"
  int attempt = 0;  ///< how often this item was made anew because its grammar was taken
  Grammar grammar;
  std::vector<Example> study;    ///< shown to the solver, in this order
  std::vector<Example> spare;    ///< made with the study examples and not shown
  std::vector<Example> queries;  ///< asked; all inputs different

  /// Side of the grids, in cells; 0 for an episode without examples.
  int side() const;

  friend bool operator==(const Episode&, const Episode&) = default;
};

/// The unordered set of the three transformation types, sorted and joined by '+': the factor that
/// the systematicity split holds out. "grow+mirror+translation".
std::string triplet(const Grammar& grammar);

}  // namespace recombine
