#pragma once
// Reports side by side, best first; a table a family.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "data/json.h"
#include "eval/report/report.h"
#include "eval/tables/table.h"

namespace recombine {

/// The step at which a share was first reached in validation: {"0.5", 400}.
using StepsToReach = std::vector<std::pair<std::string, std::uint64_t>>;

/// A predictor's figures on one split; of published rows, the value of "exact" alone is known.
struct RowFigures {
  Figures figures;
  std::optional<double> invalid;          ///< share of the planned queries
  StepsToReach steps_to_reach;            ///< of a model that was validated on this split
  std::string digest;                     ///< of the data
  std::optional<double> published_exact;  ///< by the published convention, where it was asked for
};

/// What did not tell a row apart from the first of its tie group: the comparison of their answers,
/// intervals that overlap, or intervals that overlap on different data.
enum class TieTest : std::uint8_t { kNone, kPaired, kIntervals, kOtherData };
/// "", "paired test", "overlapping intervals", "overlapping intervals, other data".
std::string_view tie_test_name(TieTest test);

/// The kind of rows that are no predictor's: see ceiling_rows().
inline constexpr std::string_view kCeilingKind = "ceiling";

struct LeaderboardRow {
  std::string family;
  std::string name;
  std::string kind;
  std::uint64_t parameters = 0;         ///< 0: none, or not known
  std::string chosen_by;                ///< what the checkpoint was chosen by; "" where nothing was
  std::string digest;                   ///< of the data
  std::string source;                   ///< of a published row: where the figures stand; else ""
  std::string note;                     ///< what to know about the figures; "": nothing
  std::string run;                      ///< of a model: the folder of its run; "" where not known
  std::optional<std::uint64_t> step;    ///< of a model: the step of its checkpoint
  std::string date;                     ///< of the latest of its answers
  std::optional<double> cost;           ///< of all answers
  std::optional<Tokens> tokens;         ///< of all answers
  std::optional<double> train_seconds;  ///< of a model: how long its run took by the clock
  bool first_queries = false;           ///< whether first queries alone count
  int report = -1;                      ///< place in the list of reports
  int tie_group = 0;                    ///< 1 for the best; 0: in none
  TieTest tie_test = TieTest::kNone;
  std::vector<std::pair<std::string, RowFigures>> splits;

  bool published() const { return !source.empty(); }
  /// Whether it says what the data allow.
  bool ceiling() const { return kind == kCeilingKind; }
  /// Whether it shows how hard the task is, rather than to compete.
  bool anchor() const { return !published() && (kind == "baseline" || ceiling()); }
  /// The figures on a split; null where there are none.
  const RowFigures* find(std::string_view split) const;
};

/// A row a report, sorted by exact match on the OOD test set, then on the ID test set (validation
/// sets where there is no test set), then on the set that groups the family (grouping_split), so
/// that sets of any name rank; rows without it last. In tie groups. With `average` runs of one
/// thing are one row (eval/leaderboard/run_average.h).
std::vector<LeaderboardRow> leaderboard_rows(const ReportSet& set, bool average = false);

/// What a guess among all answers that the study pairs allow gets right, where reports say it
/// (`evaluate --ceilings`) and it is below 1 on some split: a row for each of the spaces of rules,
/// and more where reports of a split's name are of several data sets. leaderboard_rows() has them.
/// (eval/leaderboard/ceiling_rows.cc)
std::vector<LeaderboardRow> ceiling_rows(const ReportSet& set);

/// What papers give for their own systems on their own test sets, of all families: not measured
/// here, and without intervals. In the order of the papers. (eval/leaderboard/published_rows.cc)
std::vector<LeaderboardRow> published_rows();

/// All forms show a table a family, and published rows apart from the measured ones, which come
/// first.
std::string leaderboard_markdown(std::span<const LeaderboardRow> rows);
std::string leaderboard_csv(std::span<const LeaderboardRow> rows);
/// The tables alone: eval/page/report_page.h puts them into a page.
std::string leaderboard_html(std::span<const LeaderboardRow> rows);
/// {"schema": "recombine.leaderboard/1", "rows": [...]}
Json leaderboard_json(std::span<const LeaderboardRow> rows);

/// What a terminal of 100 columns shows: a table a family of model, exact match on the ID and the
/// OOD set, parameters and time. (eval/leaderboard/screen.cc)
std::string leaderboard_screen(std::span<const LeaderboardRow> rows);

/// What a person reads of one family. (eval/leaderboard/tables.cc)
struct FamilyTables {
  std::string title;    ///< "Grids"
  std::string reading;  ///< what the figures mean
  Table measured;
  Table published;  ///< may have no rows
};

/// Family and title of each table, in their order.
std::vector<std::pair<std::string_view, std::string_view>> leaderboard_families();

/// The families that have rows. Empty rows are an empty table of grids.
std::vector<FamilyTables> leaderboard_tables(std::span<const LeaderboardRow> rows);

}  // namespace recombine
