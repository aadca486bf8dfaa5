#pragma once
// What a split may hold out. To add an axis: a function of an episode and a line in axes.cc.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/episode.h"
#include "data/field_notes.h"

namespace recombine {

/// A property of an episode that has levels: the episodes with a held-out one are asked in the OOD
/// sets alone.
struct Axis {
  std::string_view name;     ///< "role"
  std::string_view meaning;  ///< what is held out, one line
  /// The levels of an episode; "" where it does not say them, as an imported one may not.
  std::vector<std::string> (*levels)(const Episode& episode);
  /// Levels of one group share something that training must show: never are all of them held out.
  std::string (*group)(std::string_view level) = [](std::string_view) { return std::string(); };
  bool ordered = false;  ///< levels are numbers, and the largest are held out
};

/// All axes, the published one first.
std::span<const Axis> axes();

/// Throws InputError, naming the nearest, where there is none of that name.
const Axis& find_axis(std::string_view name);

/// As the description of an option has them, and those of facts (data/fact_vocabulary.h).
std::vector<AllowedValue> axis_values();

}  // namespace recombine
