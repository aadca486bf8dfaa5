#pragma once
// What scoring asks of a family of items: how they are counted, and how one answer is judged.
// Everything above (tallies, reports, leaderboards) is the same for all families. To add one: a
// struct as these and its line in FamilyOf (and what data/family.h names).

#include <array>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "data/storage/dataset.h"
#include "eval/scoring/ceilings.h"
#include "eval/scoring/prediction_set.h"
#include "eval/scoring/query_score.h"
#include "eval/scoring/tally.h"
#include "generator/grids/solver/solver.h"

namespace recombine {

/// Compositional-ARC episodes: the queries of an episode share its study pairs.
class GridFamily {
 public:
  GridFamily(const EpisodeSet& data, const PredictionSet& predicted);

  static Counting counting();
  static int queries(const Episode& episode) { return static_cast<int>(episode.queries.size()); }
  /// Study pairs, which may be asked again.
  static int copies(const Episode& episode) { return static_cast<int>(episode.study.size()); }
  static std::span<const GridFactor> factors() { return grid_factors(); }
  std::vector<std::string> values(const GridFactor& factor, const Episode& episode) const;
  /// How `answer` does, which may be null: not answered. What is missing or invalid is wrong.
  QueryScore judge(const Episode& episode, int query, const Prediction* answer) const;
  /// The same of the study pair at `place`, asked again.
  QueryScore judge_copy(const Episode& episode, int place, const Prediction* answer) const;
  /// What is to be known of published figures of its answers; "": nothing.
  static std::string published_note(const Predictor& predictor);
  /// Names what is wrong in the answers to the first queries, as judge() left them.
  void explain(const Episode& episode, std::vector<QueryScore>& answers) const;
  /// What its study pairs determine of the first `planned` queries.
  FoundByOrder solved(const Episode& episode, std::size_t planned) const;

 private:
  RuleSpace rules_;  ///< of the set's recipe
  bool of_recipe_;   ///< whether that says rules
};

/// Questions about facts: one query an item, all independent.
class FactFamily {
 public:
  /// `data` must outlive this.
  FactFamily(const FactSet& data, const PredictionSet& predicted);

  static Counting counting();
  static int queries(const FactItem&) { return 1; }
  static int copies(const FactItem&) { return 0; }
  static std::span<const FactFactor> factors() { return fact_factors(); }
  std::vector<std::string> values(const FactFactor& factor, const FactItem& item) const;
  QueryScore judge(const FactItem& item, int query, const Prediction* answer) const;
  /// Facts have nothing that is asked again.
  static QueryScore judge_copy(const FactItem&, int, const Prediction*) { return {}; }
  static std::string published_note(const Predictor&) { return ""; }
  /// Reads the training set beside the data where the first wrong answer asks for it. As all of
  /// these, threads may share it.
  void explain(const FactItem& item, std::vector<QueryScore>& answers) const;
  /// Questions about facts have one answer.
  static FoundByOrder solved(const FactItem&, std::size_t) { return {}; }

 private:
  bool leads_to(Token relation, Token entity) const;

  const FactSet& data_;
  FactVocabulary vocabulary_;
  /// Relations with the entities that they lead to in training; empty where no training is known.
  mutable std::set<std::pair<Token, Token>> tails_;
  mutable std::once_flag read_tails_;
  bool forced_ = false;  ///< whether the prediction set has answers under teacher forcing
};

template <class Records>
using FamilyOf = std::conditional_t<std::is_same_v<Records, FactRecords>, FactFamily, GridFamily>;

}  // namespace recombine
