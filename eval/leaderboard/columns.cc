#include "eval/leaderboard/columns.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/text.h"

namespace recombine {
namespace {

using Row = const LeaderboardRow&;
using Rows = std::span<const LeaderboardRow>;

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json tokens_value(Row row) {
  if (!row.tokens) return nullptr;
  return {{"asked", row.tokens->asked}, {"answered", row.tokens->answered}};
}

Json tie_value(Row row) {
  return row.tie_test == TieTest::kNone ? Json(nullptr) : Json(tie_test_name(row.tie_test));
}

/// What tells a row apart from others of its name: its run, and the step where a run has several.
/// `others` has the row itself.
std::string run_text(Row row, const std::vector<LeaderboardRow>& others) {
  std::vector<std::string> runs;
  runs.reserve(others.size() + 1);
  for (Row other : others) runs.push_back(other.run);
  runs.push_back(row.run);
  // A mean over runs names all of them.
  const bool several = row.run.find(", ") != std::string::npos;
  const std::string run = several ? row.run : short_names(runs).back();
  const bool steps = std::ranges::any_of(
      others, [&](Row other) { return other.run == row.run && other.step != row.step; });
  return cat(run, steps && row.step ? cat(", step ", grouped(*row.step)) : "");
}

/// The name, with the run where another row is called so too.
std::string name_cell(Row row, Rows rows) {
  std::vector<LeaderboardRow> same;
  std::ranges::copy_if(rows, std::back_inserter(same),
                       [&](Row other) { return other.name == row.name; });
  const bool told = same.size() > 1 && !row.run.empty();
  return cat(row.name, told ? cat(" (", run_text(row, same), ")") : "",
             row.first_queries ? ", first queries" : "");
}

/// "2", "2 (paired)" for a row that a paired test did not tell apart from the first of group 2.
std::string tie_cell(Row row, Rows) {
  constexpr std::array<const char*, 4> kMarks = {"", " (paired)", " (intervals)",
                                                 " (intervals, other data)"};
  if (row.anchor()) return "anchor";
  if (row.tie_group == 0) return "-";
  return cat(row.tie_group, kMarks.at(static_cast<std::size_t>(row.tie_test)));
}

std::string parameters_cell(Row row, Rows) {
  return row.parameters == 0 ? "-" : grouped(row.parameters);
}

std::string cost_cell(Row row, Rows) { return row.cost ? money(*row.cost) : "-"; }

std::string tokens_cell(Row row, Rows) {
  if (!row.tokens) return "-";
  return cat(grouped(row.tokens->asked), " / ", grouped(row.tokens->answered));
}

std::string time_cell(Row row, Rows) {
  return row.train_seconds ? duration(*row.train_seconds) : "-";
}

std::string short_digest(Row row, Rows) {
  return row.digest.substr(row.digest.find(':') + 1, 12);  // npos + 1 is 0
}

const std::array kColumns = {
    RowColumn{"model", "model", [](Row row) { return Json(row.name); }, name_cell},
    RowColumn{"name", "model", [](Row row) { return Json(row.name); }, name_cell},
    RowColumn{"kind", "kind", [](Row row) { return Json(row.kind); }},
    RowColumn{"parameters", "parameters", [](Row row) { return Json(row.parameters); },
              parameters_cell},
    RowColumn{"published", "published", [](Row row) { return Json(row.published()); }},
    RowColumn{"chosen_by", "chosen by", [](Row row) { return Json(row.chosen_by); }},
    RowColumn{"data_digest", "data", [](Row row) { return Json(row.digest); }, short_digest},
    RowColumn{"source", "source", [](Row row) { return Json(row.source); }},
    RowColumn{"note", "note", [](Row row) { return Json(row.note); }, nullptr, true},
    RowColumn{"family", "family", [](Row row) { return Json(row.family); }},
    RowColumn{"anchor", "anchor", [](Row row) { return Json(row.anchor()); }},
    RowColumn{"tie_group", "tie group",
              [](Row row) { return row.tie_group == 0 ? Json(nullptr) : Json(row.tie_group); },
              tie_cell},
    RowColumn{"tie_by", "tie by", tie_value},
    RowColumn{"date", "date", [](Row row) { return Json(row.date); }, nullptr, true},
    RowColumn{"cost", "cost", [](Row row) { return or_null(row.cost); }, cost_cell, true},
    RowColumn{"tokens", "tokens asked / answered", tokens_value, tokens_cell, true},
    RowColumn{"tokens_asked", "tokens asked",
              [](Row row) { return row.tokens ? Json(row.tokens->asked) : Json(nullptr); }},
    RowColumn{"tokens_answered", "tokens answered",
              [](Row row) { return row.tokens ? Json(row.tokens->answered) : Json(nullptr); }},
    RowColumn{"first_queries", "first queries", [](Row row) { return Json(row.first_queries); }},
    RowColumn{"run", "run", [](Row row) { return Json(row.run); }},
    RowColumn{"step", "step", [](Row row) { return or_null(row.step); }},
    RowColumn{"train_seconds", "time", [](Row row) { return or_null(row.train_seconds); },
              time_cell, true},
};

}  // namespace

const RowColumn& row_column(std::string_view key) {
  const auto place = std::ranges::find(kColumns, key, &RowColumn::key);
  require(place != kColumns.end(), "leaderboards have no column ", key);
  return *place;
}

std::vector<const RowColumn*> shown_columns(std::span<const std::string_view> keys, Rows rows) {
  std::vector<const RowColumn*> shown;
  for (const std::string_view key : keys) {
    const RowColumn& column = row_column(key);
    const auto known = [&](Row row) { return table_cell(column, row, rows) != "-"; };
    if (!column.where_known || std::ranges::any_of(rows, known)) shown.push_back(&column);
  }
  return shown;
}

std::string table_cell(const RowColumn& column, Row row, Rows rows) {
  if (column.cell != nullptr) return column.cell(row, rows);
  const std::string text = csv_cell(column, row);
  return text.empty() ? "-" : text;
}

std::string csv_cell(const RowColumn& column, Row row) {
  const Json value = column.value(row);
  if (value.is_null()) return "";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  return value.dump();
}

}  // namespace recombine
