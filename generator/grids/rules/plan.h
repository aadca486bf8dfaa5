#pragma once
// A grid config in the form that the inner loops read.

#include <array>
#include <vector>

#include "generator/grids/config.h"
#include "generator/grids/rules/transformation.h"

namespace recombine {

/// A transformation type with the options that its parameters are drawn from, in order.
struct TypeOptions {
  const Transformation* transformation = nullptr;
  std::vector<std::vector<int>> options;  ///< per parameter, indices into its values
  std::vector<std::size_t> order = {};    ///< in which parameters are drawn and written; all
};

struct EpisodePlan {
  GridConfig config;
  std::vector<TypeOptions> types;            ///< in the order of the config
  std::vector<Cells> indicators;             ///< canonical, in the order of indicator_shapes()
  std::vector<bool> indicator_is_canonical;  ///< whether it is listed so
  std::size_t roles = kUsualRoles;
  int bystanders = 0;  ///< in each picture
  /// For each of config.query_depth, the sets of roles of which there are so many; empty: queries
  /// ask all.
  std::vector<std::vector<Roles>> asked = {};
};

/// Throws InputError, naming the option at fault.
EpisodePlan make_plan(const GridConfig& config);

/// Puts the parameters of the rules into the order in which the plan has them.
void order_parameters(Grammar& grammar, const EpisodePlan& plan);

/// The ten shapes of indicators as published, "1001" not canonical among them.
std::span<const std::string_view> indicator_shapes();

}  // namespace recombine
