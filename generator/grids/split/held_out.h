#pragma once
// Which levels of which axes a split holds out, and on which side of it an episode is.

#include <cstdint>
#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "data/episode.h"
#include "data/json.h"
#include "generator/grids/split/axes.h"
#include "generator/grids/split/split.h"

namespace recombine {

/// An axis with its levels, each list sorted.
struct AxisLevels {
  const Axis* axis = nullptr;
  std::vector<std::string> train;
  std::vector<std::string> test;  ///< held out
};

/// Chooses levels to hold out among those that the data has: those that config.hold_out names; else
/// config.test_fraction of them, one at least: the largest of an ordered axis, of others those that
/// CPython's random with config.seed shuffles to the front. Throws InputError where none could stay
/// in train, or for a level that the data has not.
AxisLevels choose_levels(const Axis& axis,
                         const std::set<std::string>& levels,
                         const SplitConfig& config);

enum class SplitSide : std::uint8_t {
  kTrained,  ///< no level is held out
  kHeldOut,  ///< on every axis one is
  kBetween,  ///< on some axes one is: such an episode is in no set
  kUnknown,  ///< it does not say a level, or says one that is on neither side
};

/// What split.json says of its axes; that of an import says nothing. Throws DataError, or
/// Json::exception, where it is not what a split writes.
std::vector<AxisLevels> stored_levels(const Json& split);

/// The same of the folder of a split. One without split.json says nothing, and neither does one
/// whose file is no JSON, which is check_split_file()'s to say. Throws DataError for an axis that
/// is not known.
std::vector<AxisLevels> levels_of_split(const std::filesystem::path& folder);

SplitSide side_of(const Episode& episode, std::span<const AxisLevels> axes);

}  // namespace recombine
