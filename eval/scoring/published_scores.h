#pragma once
// Scores as the published scripts count them (arXiv 2504.01445), beside our
// own: asked for, and stamped.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "data/json.h"
#include "eval/scoring/query_score.h"

namespace recombine {

/// Figures of the published convention for a kind of predictor, with what it counts.
struct PublishedScores {
  std::vector<std::pair<std::string, double>> figures;
  std::string denominator;    ///< "planned", or "valid": answers that could be read
  std::string queries;        ///< "all" of an item that were planned, or "first"
  int batch = 0;              ///< items in a batch, all batches of equal weight; 0: no batches
  std::uint64_t counted = 0;  ///< queries in the denominator
  std::string note = {};      ///< in what they are not the published figures; "": in nothing

  friend bool operator==(const PublishedScores&, const PublishedScores&) = default;
};

/// Counts items in their order. Language models ("llm"): the mean over the valid answers to first
/// queries. All others: the mean over an item's queries, then over the items of a batch of 200,
/// then over batches, the last of which may be smaller and weighs as much. Items to which a figure
/// does not apply are not in its means, nor are batches of such items.
class PublishedTally {
 public:
  PublishedTally(std::span<const std::string_view> figures, std::string_view kind);

  void add_item(std::span<const QueryScore> queries);
  PublishedScores finish();

 private:
  void add_first(const QueryScore& query);
  void add_mean(std::span<const QueryScore> queries);
  void close_batch();

  struct Mean {
    double sum = 0;
    int of = 0;

    void add(double value);
    double value() const { return sum / of; }
  };

  std::span<const std::string_view> figures_;
  bool valid_only_;
  std::uint64_t counted_ = 0;
  std::vector<Count> sums_;    ///< of what was counted
  std::vector<Mean> batch_;    ///< over the items so far
  std::vector<Mean> batches_;  ///< over those that are full
  int in_batch_ = 0;           ///< items, whatever applies to them
};

Json to_json(const PublishedScores& scores);
PublishedScores published_scores_of(const Json& json);

}  // namespace recombine
