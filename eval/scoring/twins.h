#pragma once
// Twins: two episodes that show and ask the same inputs, and differ in one rule and so in every
// answer (generator/grids/search/twin.h). Who has learned rules and not episodes is right on both.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "data/episode.h"
#include "data/fact.h"
#include "eval/scoring/config.h"
#include "eval/scoring/query_score.h"
#include "eval/scoring/statistics.h"

namespace recombine {

/// How the queries of twins were answered. A query counts where the twin's question is the same and
/// was planned too: each of the two once.
struct TwinGroup {
  std::uint64_t pairs = 0;        ///< of episodes
  std::uint64_t queries = 0;      ///< of both episodes
  std::uint64_t right = 0;        ///< of them
  std::uint64_t both_right = 0;   ///< of them, where the twin's answer is right too
  std::uint64_t twins_truth = 0;  ///< of them, answered with what is right in the twin
  Interval consistent;            ///< both_right of right
  Interval answers_twins_truth;   ///< twins_truth of queries

  friend bool operator==(const TwinGroup&, const TwinGroup&) = default;
};

struct TwinScores {
  TwinGroup all;
  /// By what the twins differ in: "shape parameter", "color type", ...
  std::vector<std::pair<std::string, TwinGroup>> by_change;

  friend bool operator==(const TwinScores&, const TwinScores&) = default;
};

/// What two grammars differ in, where it is one rule: its role and whether its parameters or its
/// type; "other" where it is not so.
std::string twin_change(const Grammar& a, const Grammar& b);

/// Counts twins that stand behind each other, as generate and split leave them.
class TwinTally {
 public:
  explicit TwinTally(EvaluateConfig config) : config_(std::move(config)) {}

  /// An episode and its planned queries, as they were answered.
  void add_item(Episode&& episode, std::vector<QueryScore>&& answers);
  /// Facts have no twins.
  void add_item(FactItem&&, std::vector<QueryScore>&&) {}
  /// Nothing where there were no twins.
  std::optional<TwinScores> finish() const;

 private:
  struct Answered {
    Episode episode;
    std::vector<QueryScore> answers;
  };
  using Pairs = std::vector<std::vector<Count>>;  ///< a pair each: consistent, answers_twins_truth

  void add_pair(const Answered& one, const Answered& other);
  TwinGroup group_of(const Pairs& pairs) const;

  EvaluateConfig config_;
  std::optional<Answered> last_;
  Pairs pairs_;
  std::map<std::string, Pairs> by_change_;
};

}  // namespace recombine
