#pragma once
// The copy task while it is being counted.

#include <optional>
#include <span>
#include <string_view>

#include "eval/scoring/copy_scores.h"
#include "eval/scoring/tally.h"

namespace recombine {

class CopyTally {
 public:
  /// As of Tally.
  CopyTally(Counting counting, const EvaluateConfig& config, std::string_view kind)
      : copies_(counting, config, kind), full_(counting, config, kind) {}

  /// An item's planned queries, and its study pairs that were asked again. Counts nothing where
  /// there is none of either.
  void add_item(std::span<const QueryScore> queries, std::span<const QueryScore> copies);
  /// Nothing where no study pair was asked again.
  std::optional<CopyScores> finish() const;

 private:
  Tally copies_;
  Tally full_;
};

}  // namespace recombine
