#pragma once
// What scoring asks of a family of items: how they are counted, and how one answer is judged.
// Everything above (tallies, reports, leaderboards) is the same for all families. To add one: a
// struct as these and its line in FamilyOf (and what data/family.h names).

#include <array>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "data/storage/dataset.h"
#include "eval/scoring/prediction_set.h"
#include "eval/scoring/query_score.h"
#include "eval/scoring/tally.h"

namespace recombine {

/// Compositional-ARC episodes: the queries of an episode share its study pairs.
class GridFamily {
 public:
  GridFamily(const EpisodeSet& data, const PredictionSet& predicted);

  static Counting counting();
  static int queries(const Episode& episode) { return static_cast<int>(episode.queries.size()); }
  static std::span<const GridFactor> factors() { return grid_factors(); }
  std::vector<std::string> values(const GridFactor& factor, const Episode& episode) const;
  /// How `answer` does, which may be null: not answered. What is missing or invalid is wrong.
  QueryScore judge(const Episode& episode, int query, const Prediction* answer) const;
};

/// Questions about facts: one query an item, all independent.
class FactFamily {
 public:
  FactFamily(const FactSet& data, const PredictionSet& predicted);

  static Counting counting();
  static int queries(const FactItem&) { return 1; }
  static std::span<const FactFactor> factors() { return fact_factors(); }
  std::vector<std::string> values(const FactFactor& factor, const FactItem& item) const;
  QueryScore judge(const FactItem& item, int query, const Prediction* answer) const;

 private:
  FactVocabulary vocabulary_;
  bool forced_ = false;  ///< whether the prediction set has answers under teacher forcing
};

template <class Records>
using FamilyOf = std::conditional_t<std::is_same_v<Records, FactRecords>, FactFamily, GridFamily>;

}  // namespace recombine
