#pragma once
// Reports side by side, best first.

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "data/json.h"
#include "eval/report.h"

namespace recombine {

/// A predictor's figures on one split; of published rows, `exact.value` alone is known.
struct RowFigures {
  Interval exact;
  std::optional<Interval> colour;
  std::optional<Interval> shape;
  std::optional<double> invalid;  ///< share of the planned queries
};

struct LeaderboardRow {
  std::string name;
  std::string kind;
  std::uint64_t parameters = 0;  ///< 0: none, or not known
  std::string chosen_by;         ///< what the checkpoint was chosen by; "" where nothing was
  std::string digest;            ///< of the data
  std::string source;            ///< of a published row: where the figures stand; else ""
  std::vector<std::pair<std::string, RowFigures>> splits;

  bool published() const { return !source.empty(); }
};

/// A row a report, sorted by exact match on the OOD test set, then on the ID test set (validation
/// sets where there is no test set; rows without either last).
std::vector<LeaderboardRow> leaderboard_rows(std::span<const Report> reports);

/// What the paper gives for its own systems on its own test set: not measured here, and without
/// intervals. In the order of the paper's table.
std::vector<LeaderboardRow> published_rows();

/// All forms show published rows apart from the measured ones, which come first.
std::string leaderboard_markdown(std::span<const LeaderboardRow> rows);
std::string leaderboard_csv(std::span<const LeaderboardRow> rows);
std::string leaderboard_html(std::span<const LeaderboardRow> rows);
/// {"schema": "recombine.leaderboard/1", "rows": [...]}
Json leaderboard_json(std::span<const LeaderboardRow> rows);

/// The form that the ending of a file's name asks for: .md, .csv, .html or .json. Throws InputError
/// for another.
std::string leaderboard_text(std::span<const LeaderboardRow> rows, const std::string& file);

}  // namespace recombine
