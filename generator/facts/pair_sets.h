#pragma once
// What the tasks "comparison" and "complex" share: their items, and the sets drawn from all pairs.

#include <functional>

#include "generator/facts/pairs.h"
#include "generator/facts/selection.h"
#include "generator/facts/world.h"

namespace recombine {

/// Makes the sets of a world of compared entities, as the task wants them, one by one.
class PairSets {
 public:
  /// Counts the pools. `passes` walks over the pairs will be reported to `watch`, this one
  /// included.
  PairSets(const FactConfig& config, WorldSink& sink, const WorldWatch& watch, int passes);

  const ValueTable& table() const { return table_; }
  std::uint64_t id_facts() const { return table_.values.size() - ood_facts_; }
  /// Numbers of questions: each pair asks two, in both orders.
  const Counts& counts() const { return counts_; }
  PoolCounts pools(const char* mixed_pool) const;

  /// The value of an entity's attribute as an item.
  FactItem atomic(int entity, int attribute) const;
  FactItem comparison(int attribute, int x, int y, FactType type) const;

  /// The atomic facts, ID or OOD: a sample as their probe, and all for training where `trained`.
  void put_atomic(bool ood, bool trained);

  using Trained = std::function<void(int attribute, int x, int y)>;
  /// The training sample of `sample` questions between ID entities, each of which is also told to
  /// `trained`, its probe, and the test and validation sets.
  void put_pairs(std::uint64_t sample, const Trained& trained);

  /// Calls visit(const Pair&) for every pair and reports progress.
  template <class Visit>
  void for_each(const Visit& visit) {
    for (int attribute = 0; attribute < table_.attributes; ++attribute) {
      for_each_pair(table_, config_, attribute, visit);
      if (watch_) watch_(++done_, total_);
    }
  }

 private:
  /// What is drawn of the pairs and questions, each by a stream of its own.
  struct Samples {
    Selection validate;
    Selection train;
    Selection probe;
    Selection id;
    Selection ood;
    Selection validate_ood;
  };
  Samples samples(std::uint64_t sample) const;
  void put_training(int attribute, int x, int y, Samples& samples, const Trained& trained);

  const FactConfig& config_;
  WorldSink& sink_;
  const WorldWatch& watch_;
  FactVocabulary vocabulary_;
  ValueTable table_;
  std::uint64_t ood_facts_;
  std::uint64_t done_ = 0;
  std::uint64_t total_;
  Counts counts_;
};

}  // namespace recombine
