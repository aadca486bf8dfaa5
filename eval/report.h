#pragma once
// What is known about a predictor after its answers were scored: recombine.report/1
// (docs/FORMAT.md, "Reports").

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "data/json.h"
#include "data/prediction.h"
#include "eval/statistics.h"
#include "eval/table.h"

namespace recombine {

/// The queries of a group. Shares are of the planned queries.
struct GroupScores {
  std::uint64_t planned = 0;
  Interval exact;
  Interval colour;
  Interval shape;

  friend bool operator==(const GroupScores&, const GroupScores&) = default;
};

/// The mean over episodes of the share of an episode's queries. Differs from the share of all
/// queries where episodes have different numbers of them.
struct EpisodeMeans {
  double exact = 0;
  double colour = 0;
  double shape = 0;

  friend bool operator==(const EpisodeMeans&, const EpisodeMeans&) = default;
};

using Groups = std::vector<std::pair<std::string, GroupScores>>;  ///< by value, sorted

/// planned = answered + invalid + missing: nothing leaves the denominator.
struct SplitScores {
  std::string data_digest;
  std::uint64_t planned = 0;   ///< queries that were to be answered
  std::uint64_t answered = 0;  ///< by a grid, right or wrong
  std::uint64_t invalid = 0;   ///< by something that is not a grid
  std::uint64_t missing = 0;   ///< not at all
  GroupScores all;
  Interval exact_of_valid;  ///< exact among the answered: the published convention for LLMs
  EpisodeMeans episode_mean;
  std::map<std::string, std::uint64_t> invalid_reasons;
  std::vector<std::pair<std::string, Groups>> by;  ///< by factor, in the order of grid_factors()

  friend bool operator==(const SplitScores&, const SplitScores&) = default;
};

struct Report {
  Predictor predictor;
  std::string family = "grids";
  std::vector<std::pair<std::string, SplitScores>> splits;

  /// Of the one split, or a SHA-256 over those of all splits.
  std::string data_digest() const;
};

Json to_json(const Predictor& predictor);
Json to_json(const Report& report);

/// One report as it is; several as {"schema": "recombine.reports/1", "reports": [...]}.
Json to_json(std::span<const Report> reports);

/// What a file of to_json() holds; throws DataError, naming the file, for another.
std::vector<Report> read_reports(const std::filesystem::path& file);

/// Tables for people: a line a split, then the groups of every factor and split.
std::vector<Table> report_tables(const Report& report);

/// The first tables, and why answers were invalid.
std::string to_text(const Report& report);

}  // namespace recombine
