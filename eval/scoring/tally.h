#pragma once
// The scores of a split while they are being counted, whatever its items are.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eval/scoring/config.h"
#include "eval/scoring/factors.h"
#include "eval/scoring/query_score.h"
#include "eval/scoring/scores.h"

namespace recombine {

/// How a family is counted.
struct Counting {
  /// The first is "exact": every planned query counts for it. A key in reports each.
  std::span<const std::string_view> figures;
  /// Whether an item has several queries, whose answers depend on each other: intervals then come
  /// from resampling items, and reports have the mean over items.
  bool clustered = false;
};

class Tally {
 public:
  /// `kind`: of the predictor; the published convention depends on it.
  Tally(Counting counting, const EvaluateConfig& config, std::string_view kind);

  /// An item's planned queries, of which there is one at least.
  void add_item(std::span<const QueryScore> queries);
  /// Puts the item that was added last into the group `value` of a factor.
  void add_to_group(std::string_view factor, const std::string& value);

  SplitScores finish() const;
  /// Groups of a factor; none where it applies to nothing.
  Groups groups(std::string_view factor) const;

 private:
  using Cluster = std::vector<Count>;  ///< the figures, then exact of the answered
  using Clusters = std::vector<Cluster>;

  void add_to(Clusters& clusters) const;
  GroupScores scores_of(const Clusters& clusters) const;
  std::vector<Interval> intervals_of(const Clusters& clusters) const;

  Counting counting_;
  EvaluateConfig config_;
  std::optional<PublishedTally> published_;
  SplitScores scores_;
  Cluster last_;
  std::vector<std::string_view> last_errors_;  ///< kinds, of the item that was added last
  ErrorCounts errors_;
  std::map<std::string, std::map<std::string, ErrorCounts>, std::less<>> group_errors_;
  Clusters clusters_;  ///< one an item; one for all where items are independent
  std::map<std::string, std::map<std::string, Clusters>, std::less<>> groups_;
};

}  // namespace recombine
