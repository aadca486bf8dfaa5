#pragma once
// What a run was trained on, held against what it is asked: a set may be out of distribution for
// one run and half of the training of another.

#include <cstdint>
#include <set>
#include <string>

#include "data/episode.h"
#include "data/json.h"
#include "data/storage/dataset.h"
#include "data/storage/prediction_parts.h"

namespace recombine {

/// Adds the triplet of an episode whose rules are known.
void add_triplet(std::set<std::string>& triplets, const Episode& episode);

/// How many episodes of an OOD set (val_ood, test_ood) have a triplet that a run was trained on.
class TrainedTriplets {
 public:
  /// `run_data` is `data` of run.json, `split` the name of the set that is asked.
  TrainedTriplets(const Json& run_data, std::string split);

  /// Each episode of the set once.
  void add(const Episode& episode);
  /// The episodes but for `items`, where they matter: each part of the answers speaks of all.
  void add_others(const EpisodeSet& set, PartItems items);
  /// A sentence for whoever reads the score; "" where there is nothing to say.
  std::string note() const;

 private:
  std::string split_;
  std::set<std::string> trained_;  ///< none where the set is not out of distribution
  std::uint64_t episodes_ = 0;
  std::uint64_t known_ = 0;
};

/// Such a sentence for facts: how the world of the set, by its recipe, differs from the run's, or
/// the form of its answers.
std::string fact_data_note(const Json& run_data, const Json& asked_recipe);

}  // namespace recombine
