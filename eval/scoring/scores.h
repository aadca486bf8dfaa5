#pragma once
// What is known about one predictor's answers to one data set.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eval/errors/verdict.h"
#include "eval/scoring/calibration.h"
#include "eval/scoring/ceilings.h"
#include "eval/scoring/copy_scores.h"
#include "eval/scoring/group_scores.h"
#include "eval/scoring/published_scores.h"
#include "eval/scoring/reading_notes.h"
#include "eval/scoring/statistics.h"
#include "eval/scoring/twins.h"

namespace recombine {

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
  std::optional<Interval> whole_items;  ///< items all of whose queries are exact; where an item has
                                        ///< several
  std::optional<CopyScores> copies;     ///< where study pairs were asked again
  std::optional<TwinScores> twins;      ///< where the set has some
  std::vector<Ceiling> ceilings;        ///< where asked for; none of facts
  std::optional<PublishedScores> published;  ///< where asked for
  std::optional<Calibration> calibration;    ///< of answers that came with a probability
  ReadingNotes reading;
  std::map<std::string, std::uint64_t> invalid_reasons;
  RuleConfusion rule_confusion;                    ///< of the wrong answers that a program explains
  std::vector<std::pair<std::string, Groups>> by;  ///< by factor, in the order of the factors

  friend bool operator==(const SplitScores&, const SplitScores&) = default;
};

}  // namespace recombine
