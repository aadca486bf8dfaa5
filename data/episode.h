#pragma once
// A Compositional-ARC episode: three rules shown alone and in pairs; the questions need all three
// (arXiv 2504.01445). With further indicators there are up to six.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data/grid.h"

namespace recombine {

/// Which rules are in force in an example, as a set of bits: bit r is the r-th of a grammar's
/// rules.
using Roles = std::uint8_t;
inline constexpr Roles kShapeRole = 1;
inline constexpr Roles kColourRole = 2;
inline constexpr Roles kIndicatorRole = 4;
inline constexpr Roles kAllRoles = 7;      ///< of an episode of three rules
inline constexpr Roles kUnknownRoles = 0;  ///< an imported example that does not say

inline constexpr std::size_t kUsualRoles = 3;  ///< of the published data, and of models
inline constexpr std::size_t kMaxRoles = 6;    ///< shape, colour and up to four indicators
inline constexpr std::size_t kFirstIndicatorRole = 2;

/// The set of the r-th role alone.
constexpr Roles role_bit(std::size_t role) { return static_cast<Roles>(1U << role); }
/// All of so many roles: the first `count`.
constexpr Roles first_roles(std::size_t count) { return static_cast<Roles>((1U << count) - 1U); }
constexpr bool has_role(Roles roles, std::size_t role) { return (roles & role_bit(role)) != 0; }
/// Some indicator's.
constexpr bool has_indicator(Roles roles) { return (roles & ~first_roles(2)) != 0; }

/// "shape", "colour", "indicator", "indicator2", ...
std::string_view role_name(std::size_t role);

/// The six study sections of three roles, in the order in which files and models have them.
inline constexpr std::array<Roles, 6> kStudySections = {
    kShapeRole,
    kColourRole,
    kIndicatorRole,
    kShapeRole | kColourRole,
    kShapeRole | kIndicatorRole,
    kColourRole | kIndicatorRole,
};

/// The study sections of so many roles: each alone, then each two. Those of three are
/// kStudySections.
std::vector<Roles> study_sections(std::size_t roles);

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

/// "translation direction_x step_size_1": how the published split counts rules.
std::string rule_label(const Rule& rule);

/// A second object that puts a rule in force where it stands in a grid. It never changes.
struct Indicator {
  std::string shape;  ///< as a grammar has shapes
  int colour = 0;
  int row = 0;  ///< of the top left corner of its bounding box
  int col = 0;

  friend bool operator==(const Indicator&, const Indicator&) = default;
};

/// What an episode is about. Shapes are canonical strings (two digits a cell, row and column from
/// the top left of the bounding box; sides over 10 write columns and rows as base-36 digits). An
/// imported episode may know the rules alone: then shapes are empty and colours 0.
struct Grammar {
  /// Of the shape, the colour, the indicator, and of each further indicator: 3..kMaxRoles.
  std::vector<Rule> rules = std::vector<Rule>(kUsualRoles);
  std::string role_shape;
  int role_colour = 0;
  std::vector<Indicator> indicators =
      std::vector<Indicator>(1);  ///< of the rules from the third on
  /// In which rules in force are applied, places in `rules`; empty: as they stand there.
  std::vector<int> order = {};

  Rule& shape_rule() { return rules.at(0); }
  Rule& colour_rule() { return rules.at(1); }
  Rule& indicator_rule() { return rules.at(2); }
  const Rule& shape_rule() const { return rules.at(0); }
  const Rule& colour_rule() const { return rules.at(1); }
  const Rule& indicator_rule() const { return rules.at(2); }

  /// As many rules and indicators as there are roles.
  void resize(std::size_t roles);
  Roles all_roles() const { return first_roles(rules.size()); }
  /// Whether every rule has a type.
  bool says_rules() const;
  /// The rules that roles put in force, as places in `rules` and in the order of application.
  std::vector<std::size_t> applied(Roles roles) const;

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

/// Everything of a grammar but the indicators' places; empty where it does not say its rules.
std::string text_without_places(const Grammar& grammar);

/// to_text() of the indicators' rules, joined by "; ".
std::string indicator_rules_text(const Grammar& grammar);

/// "colour-shape-indicator": the order in which a grammar's rules are applied.
std::string order_text(const Grammar& grammar);

/// The unordered set of the transformation types, sorted and joined by '+': the factor that the
/// systematicity split holds out. "grow+mirror+translation".
std::string triplet(const Grammar& grammar);

}  // namespace recombine
