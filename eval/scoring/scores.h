#pragma once
// What is known about one predictor's answers to one data set.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eval/scoring/calibration.h"
#include "eval/scoring/published_scores.h"
#include "eval/scoring/reading_notes.h"
#include "eval/scoring/statistics.h"

namespace recombine {

/// Named shares, in the order of their family: "exact" first. What is not there does not apply.
class Figures {
 public:
  void add(std::string_view name, const Interval& interval) { all_.emplace_back(name, interval); }
  /// Null where there is none of this name.
  const Interval* find(std::string_view name) const;
  /// Throws DataError where there is none of this name.
  const Interval& at(std::string_view name) const;

  auto begin() const { return all_.begin(); }
  auto end() const { return all_.end(); }

  friend bool operator==(const Figures&, const Figures&) = default;

 private:
  std::vector<std::pair<std::string, Interval>> all_;
};

/// The queries of a group. Shares are of the planned queries (to which they apply).
struct GroupScores {
  std::uint64_t planned = 0;
  Figures figures;

  friend bool operator==(const GroupScores&, const GroupScores&) = default;
};

/// The mean over episodes of the share of an episode's queries, for each figure. Differs from the
/// share of all queries where episodes have different numbers of them. Empty where an item is one
/// query.
using EpisodeMeans = std::vector<std::pair<std::string, double>>;

using Groups = std::vector<std::pair<std::string, GroupScores>>;  ///< by value, sorted

/// planned = answered + invalid + missing: nothing leaves the denominator.
struct SplitScores {
  std::string data_digest;
  std::string date;             ///< day of the predictions, "2025-01-31"; "" where not known
  std::string note;             ///< what the predictions say a reader must know; "": nothing
  std::string queries = "all";  ///< of an item that count: all that were planned, or the "first"
  std::uint64_t planned = 0;    ///< queries that were to be answered
  std::uint64_t answered = 0;   ///< by something that is an answer, right or wrong
  std::uint64_t invalid = 0;    ///< by something that is none
  std::uint64_t missing = 0;    ///< not at all
  GroupScores all;
  Interval exact_of_valid;  ///< exact among the answered: the published convention for LLMs
  EpisodeMeans episode_mean;
  std::optional<PublishedScores> published;  ///< where asked for
  std::optional<Calibration> calibration;    ///< of answers that came with a probability
  ReadingNotes reading;
  std::map<std::string, std::uint64_t> invalid_reasons;
  std::vector<std::pair<std::string, Groups>> by;  ///< by factor, in the order of the factors

  friend bool operator==(const SplitScores&, const SplitScores&) = default;
};

}  // namespace recombine
