#include "generator/facts/complex.h"

#include "generator/facts/hard.h"
#include "generator/facts/pair_sets.h"
#include "generator/facts/sampling.h"

namespace recombine {
namespace {

constexpr std::uint64_t kHardOfALabel = 50;

class Complex {
 public:
  Complex(const FactConfig& config, WorldSink& sink, const WorldWatch& watch)
      : config_(config),
        sink_(sink),
        sets_(config, sink, watch, 3),
        trained_(static_cast<std::size_t>(config.relations)) {}

  PoolCounts run() {
    const Counts& counts = sets_.counts();
    sets_.put_atomic(false, true);
    sets_.put_atomic(true, false);
    sets_.put_pairs(rounded_share(config_.sample_fraction, counts.training),
                    [&](int attribute, int x, int y) { remember(attribute, x, y); });
    put_mixed(counts.discarded);
    put_hard();
    PoolCounts pools = sets_.pools("mixed_pool");
    for (std::size_t order = 0; order < hard_.size(); ++order)
      pools.emplace_back(kHardPools.at(order), hard_.at(order).size());
    return pools;
  }

 private:
  static constexpr std::array<const char*, 3> kHardPools = {"hard_smaller", "hard_equal",
                                                            "hard_larger"};

  void remember(int attribute, int x, int y) {
    trained_[static_cast<std::size_t>(attribute)].push_back({x, y});
  }

  void put_mixed(std::uint64_t candidates) {
    const std::uint64_t sample = rounded_share(config_.sample_fraction, candidates);
    Selection train = training_sample(config_, SamplePart::kMixed, sample, candidates);
    Selection probe = probe_sample(config_, WorldSet::kTrainInferredOod, sample);
    const auto put = [&](int attribute, int x, int y) {
      if (!train.next()) return;
      const FactItem item = sets_.comparison(attribute, x, y, FactType::kTrainInferred2);
      sink_.put(WorldSet::kTrain, item);
      if (probe.next()) sink_.put(WorldSet::kTrainInferredOod, item);
      remember(attribute, x, y);
    };
    sets_.for_each([&](const Pair& pair) {
      if (pair.pool != Pool::kDiscarded) return;
      put(pair.attribute, pair.x, pair.y);
      put(pair.attribute, pair.y, pair.x);
    });
  }

  void put_hard() {
    for (int attribute = 0; attribute < sets_.table().attributes; ++attribute) {
      const auto& trained = trained_[static_cast<std::size_t>(attribute)];
      for (const ComparedPair& pair : hard_comparisons(sets_.table(), attribute, trained)) {
        const int order = sets_.table().order(attribute, pair.x, pair.y);
        hard_.at(static_cast<std::size_t>(order)).push_back({attribute, pair});
      }
    }
    for (std::size_t order = 0; order < hard_.size(); ++order) {
      const auto& candidates = hard_.at(order);
      Selection chosen = training_sample(
          config_, static_cast<SamplePart>(static_cast<std::size_t>(SamplePart::kSmaller) + order),
          std::min<std::uint64_t>(kHardOfALabel, candidates.size()), candidates.size());
      for (const auto& [attribute, pair] : candidates) {
        if (chosen.next())
          sink_.put(WorldSet::kTestHard,
                    sets_.comparison(attribute, pair.x, pair.y, FactType::kTestHard));
      }
    }
  }

  struct HardPair {
    int attribute = 0;
    ComparedPair pair;
  };

  const FactConfig& config_;
  WorldSink& sink_;
  PairSets sets_;
  std::vector<std::vector<ComparedPair>> trained_;  ///< by attribute
  std::array<std::vector<HardPair>, 3> hard_;       ///< by answer
};

}  // namespace

PoolCounts make_complex(const FactConfig& config, WorldSink& sink, const WorldWatch& watch) {
  return Complex(config, sink, watch).run();
}

}  // namespace recombine
