#pragma once
// What items are told apart by: the groups of reports and the tables of `stats`. To add a factor,
// write its function and append its line to the list in grid_factors.cc or fact_factors.cc.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/episode.h"
#include "data/fact_vocabulary.h"
#include "generator/grids/solver/solver.h"

namespace recombine {

/// An item's values of a factor.
using FactorValues = std::vector<std::string>;

/// Whether reports have a score for each value of a factor. kWhereSolved: as kWhereItDiffers, where
/// the solver is asked (--ceilings), which such a factor takes.
enum class InReports : std::uint8_t { kNever, kAlways, kWhereItDiffers, kWhereSolved };

/// `Context` is what it takes to read an item.
template <class Item, class... Context>
struct Factor {
  std::string_view name;     ///< stable: a key in reports
  std::string_view summary;  ///< one line for people
  InReports in_reports;
  /// The item's values, with repetitions where the factor is one of its parts; none where the
  /// factor does not apply.
  FactorValues (*values)(const Item& item, const Context&... context);
};

using GridFactor = Factor<Episode, RuleSpace>;  ///< read with the rules that there are
using FactFactor = Factor<FactItem, FactVocabulary>;

std::span<const GridFactor> grid_factors();
std::span<const FactFactor> fact_factors();

/// The episode's values of all of grid_factors().
std::vector<FactorValues> grid_factor_values(const Episode& episode, const RuleSpace& rules);

/// The relations of a question: how many facts lead to its answer.
int hops_of(const FactItem& item, const FactVocabulary& vocabulary);

}  // namespace recombine
