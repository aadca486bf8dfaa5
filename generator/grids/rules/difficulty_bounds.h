#pragma once
// Which difficulty episodes may have: the option --difficulty, read.

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "data/fields.h"

namespace recombine {

/// A number of an episode that foretells errors; the places of kDifficulties.
enum class Difficulty : std::uint8_t {
  kDepth,
  kSize,
  kDistance,
  kOverlap,
  kSectionPrograms,
  kPrograms
};

struct DifficultyName {
  std::string_view name;     ///< stable: of options
  std::string_view summary;  ///< one line for people
};

/// To add one: a line, its enumerator, and its function in generator/grids/solver/difficulty.cc.
inline constexpr std::array kDifficulties = {
    DifficultyName{"depth", "most rules that a query needs"},
    DifficultyName{"size", "cells of the role shape"},
    DifficultyName{"distance",
                   "how far, in cells, the right object reaches beyond the one asked about"},
    DifficultyName{"overlap",
                   "how much of role shape and indicator coincides at best, per cent of both"},
    DifficultyName{"section-programs", "programs that the pairs of one rule leave, order fixed"},
    DifficultyName{"programs", "programs that all study pairs leave, in any order"},
};

constexpr const DifficultyName& name_of(Difficulty measure) {
  return kDifficulties.at(static_cast<std::size_t>(measure));
}

/// What a number may be, both ends included.
struct DifficultyBound {
  Difficulty measure = Difficulty::kDepth;
  int from = 0;
  int to = std::numeric_limits<int>::max();

  friend bool operator==(const DifficultyBound&, const DifficultyBound&) = default;
};

/// Reads "distance=2..4", "programs=2.." and the like. Throws InputError, which names the option,
/// for another text.
std::vector<DifficultyBound> read_difficulty(const Names& bounds);

}  // namespace recombine
