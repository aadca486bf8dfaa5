#pragma once
// A world of facts as a stream of items: which sets it has, and the function that makes them.

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "data/fact.h"
#include "data/set_names.h"
#include "generator/facts/config.h"

namespace recombine {

/// The sets of a world. The number is part of the name of a sample's draws: append only.
enum class WorldSet : std::uint8_t {
  kTrain,
  kValId,
  kTestId,
  kValOod,
  kTestOod,
  kIdAtomic,       ///< a sample of the trained atomic facts
  kOodAtomic,      ///< ... of those that are held out of compositions
  kTrainInferred,  ///< a sample of the trained compositions
  kTest3HopIid,
  kTest3HopOod,
  kTrainInferredOod,  ///< a sample of the trained comparisons of ID with OOD entities
  kTestHard,
  kTestFirstSeen,   ///< with --axis mixed-hops: only the first fact is composed in training
  kTestSecondSeen,  ///< ... only the second
};

/// Their folders, by number.
inline constexpr std::array<std::string_view, 14> kWorldSetNames = {
    kTrainSet,         kValIdSet,         kTestIdSet,           kValOodSet,
    kTestOodSet,       "id_atomic",       "ood_atomic",         "train_inferred",
    "test_3hop_iid",   "test_3hop_ood",   "train_inferred_ood", "test_hard",
    "test_first_seen", "test_second_seen"};

inline std::string_view set_name(WorldSet set) {
  return kWorldSetNames.at(static_cast<std::size_t>(set));
}

/// The sets that a world of this config has, in the order of their numbers.
std::vector<WorldSet> world_sets(const FactConfig& config);

/// Takes the items of a world: sets in any order, the items of a set in theirs.
class WorldSink {
 public:
  WorldSink() = default;
  WorldSink(const WorldSink&) = delete;
  WorldSink& operator=(const WorldSink&) = delete;
  virtual ~WorldSink() = default;
  virtual void put(WorldSet set, const FactItem& item) = 0;
};

/// Told now and then how much of the work is done; may throw to end it.
using WorldWatch = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// Puts what --identity adds to the training set, behind everything else of it.
void put_identities(const FactConfig& config, WorldSink& sink);

/// How many questions there are of each kind, trained or not: "training_pool", "id_pool", ...
using PoolCounts = std::vector<std::pair<std::string, std::uint64_t>>;

/// Makes every item of a world, in memory bounded by its graph (for "complex" by its values, its
/// training sample and all the comparisons that only transitivity decides, of which it draws some
/// in the end). Throws InputError for a config that cannot give one, such as a lambda
/// beyond the training pool, before the first item.
PoolCounts make_world(const FactConfig& config, WorldSink& sink, const WorldWatch& watch = {});

}  // namespace recombine
