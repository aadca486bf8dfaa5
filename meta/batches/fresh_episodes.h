#pragma once
// Episodes made when they are needed, on one side of a systematicity split.

#include <cstdint>
#include <set>
#include <string>

#include "generator/grids/config.h"
#include "generator/grids/search/episode.h"
#include "generator/grids/split/split.h"

namespace recombine {

/// What fresh episodes are for; each gets a data seed of its own.
enum class FreshUse : std::uint32_t { kTrain = 0, kValidateId = 1, kValidateOod = 2 };

/// What fresh episodes are like: how they are made, and what of them is shown and held out.
struct FreshRecipe {
  GridConfig grids;
  SplitConfig split;
};

/// Thread-safe and const.
class FreshEpisodes {
 public:
  /// Throws InputError as the configs' validate() does, and where the types make one triplet alone.
  FreshEpisodes(const FreshRecipe& recipe, std::uint64_t seed, FreshUse use);

  /// Episode `index`, reduced as the split does, its study pairs shuffled where `shuffle_study`
  /// says so: of a trained triplet, or for kValidateOod of a held-out one. A pure function of
  /// (configs, seed, use, index).
  Episode make(std::uint64_t index) const;

  /// Those that its episodes have.
  const std::set<std::string>& triplets() const { return wanted_; }

 private:
  SplitConfig split_;
  std::uint64_t data_seed_;
  EpisodeMaker maker_;
  std::set<std::string> wanted_;  ///< triplets
};

}  // namespace recombine
