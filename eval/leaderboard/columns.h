#pragma once
// What stands in a leaderboard beside the figures: each column described once, for every form.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/json.h"
#include "eval/leaderboard/rows.h"

namespace recombine {

struct RowColumn {
  std::string_view key;                      ///< in CSV and JSON
  std::string_view title;                    ///< in tables for people
  Json (*value)(const LeaderboardRow& row);  ///< null or "": not known
  /// What tables say of it beside `rows`, all of the table; null: the value as it is.
  std::string (*cell)(const LeaderboardRow& row, std::span<const LeaderboardRow> rows) = nullptr;
  bool where_known = false;  ///< whether tables leave it out where no row knows it
};

/// The column with this key: a mistake of the program where there is none. To add a column: its
/// line in the list of columns.cc, and its key in the forms that show it.
const RowColumn& row_column(std::string_view key);

/// The columns with these keys that a table of `rows` shows.
std::vector<const RowColumn*> shown_columns(std::span<const std::string_view> keys,
                                            std::span<const LeaderboardRow> rows);

/// The text of a row in a table; "-" where nothing is known.
std::string table_cell(const RowColumn& column,
                       const LeaderboardRow& row,
                       std::span<const LeaderboardRow> rows);
/// The same for CSV: numbers in full, "yes" or "no", "" where nothing is known.
std::string csv_cell(const RowColumn& column, const LeaderboardRow& row);

}  // namespace recombine
