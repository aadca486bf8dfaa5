// The forms of a leaderboard.

#include <algorithm>
#include <array>
#include <cmath>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/leaderboard/columns.h"

namespace recombine {
namespace {

constexpr const char* kTitle = "Recombine leaderboard";
constexpr const char* kPublished =
    "Published figures: not measured here, on other data, and so not to be ranked among the rows "
    "above.";

std::vector<LeaderboardRow> published_last(std::span<const LeaderboardRow> rows) {
  std::vector<LeaderboardRow> sorted(rows.begin(), rows.end());
  std::ranges::stable_sort(sorted, {}, &LeaderboardRow::published);
  return sorted;
}

Json figures_json(const RowFigures& figures, bool published) {
  Json json = Json::object();
  for (const auto& [name, interval] : figures.figures)
    json[name] = published ? Json{{"value", interval.value}} : to_json(interval);
  if (figures.invalid) json["invalid_share"] = *figures.invalid;
  if (figures.published_exact) json["exact_as_published"] = *figures.published_exact;
  if (!figures.digest.empty()) json["data_digest"] = figures.digest;
  for (const auto& [share, step] : figures.steps_to_reach) json["steps_to_reach"][share] = step;
  return json;
}

/// The names that `names_of` finds in the figures of the rows, each once.
template <class NamesOf>
std::vector<std::string> all_names(std::span<const LeaderboardRow> rows, const NamesOf& names_of) {
  std::vector<std::string> names;
  for (const LeaderboardRow& row : rows) {
    for (const auto& [split, figures] : row.splits) {
      for (const auto& [name, value] : names_of(figures)) {
        if (std::ranges::find(names, name) == names.end()) names.push_back(name);
      }
    }
  }
  return names;
}

/// What rounding leaves of a zero is a zero.
std::string number_text(double value) {
  constexpr double kNothing = 1e-12;
  return std::abs(value) < kNothing ? "0.0" : Json(value).dump();
}

struct CsvColumns {
  std::vector<std::string> figures;         ///< but for "exact"
  std::vector<std::string> steps_to_reach;  ///< shares
};

CsvColumns csv_columns(std::span<const LeaderboardRow> rows) {
  CsvColumns columns{
      all_names(rows, [](const RowFigures& figures) { return figures.figures; }),
      all_names(rows, [](const RowFigures& figures) { return figures.steps_to_reach; })};
  std::erase(columns.figures, "exact");
  return columns;
}

// A line a row and split, so that its figures stand between what is known of the row.
constexpr std::array<std::string_view, 4> kCsvFirst = {"model", "kind", "parameters", "published"};
constexpr std::array<std::string_view, 15> kCsvLast = {
    "chosen_by",       "data_digest",   "source", "note", "family",
    "tie_group",       "tie_by",        "date",   "cost", "tokens_asked",
    "tokens_answered", "first_queries", "run",    "step", "train_seconds"};
constexpr std::array<std::string_view, 19> kJsonKeys = {
    "family",    "name",          "kind",   "parameters", "published",    "source", "note",
    "chosen_by", "data_digest",   "anchor", "tie_group",  "tie_by",       "date",   "cost",
    "tokens",    "first_queries", "run",    "step",       "train_seconds"};

Table csv_table(const CsvColumns& columns) {
  Table table;
  auto& header = table.header;
  header.assign(kCsvFirst.begin(), kCsvFirst.end());
  header.insert(header.end(), {"split", "exact", "exact_low", "exact_high"});
  header.insert(header.end(), columns.figures.begin(), columns.figures.end());
  header.emplace_back("invalid_share");
  for (const std::string& share : columns.steps_to_reach) header.push_back("steps_to_" + share);
  header.insert(header.end(), kCsvLast.begin(), kCsvLast.end());
  return table;
}

std::vector<std::string> csv_cells(const LeaderboardRow& row,
                                   const std::string& split,
                                   const RowFigures& figures,
                                   const CsvColumns& columns) {
  std::vector<std::string> cells;
  cells.reserve(kCsvFirst.size());
  for (const std::string_view key : kCsvFirst) cells.push_back(csv_cell(row_column(key), row));
  cells.push_back(split);
  const auto add = [&](const Interval* interval, double Interval::*number) {
    cells.push_back(interval == nullptr ? "" : number_text(interval->*number));
  };
  const Interval* exact = figures.figures.find("exact");
  add(exact, &Interval::value);
  add(row.published() ? nullptr : exact, &Interval::low);
  add(row.published() ? nullptr : exact, &Interval::high);
  for (const std::string& name : columns.figures) add(figures.figures.find(name), &Interval::value);
  cells.push_back(figures.invalid ? number_text(*figures.invalid) : "");
  for (const std::string& share : columns.steps_to_reach) {
    const auto place =
        std::ranges::find(figures.steps_to_reach, share, &StepsToReach::value_type::first);
    cells.push_back(place == figures.steps_to_reach.end() ? "" : std::to_string(place->second));
  }
  for (const std::string_view key : kCsvLast) cells.push_back(csv_cell(row_column(key), row));
  return cells;
}

}  // namespace

std::string leaderboard_markdown(std::span<const LeaderboardRow> rows) {
  const auto tables = leaderboard_tables(rows);
  std::string text = cat("# ", kTitle, "\n");
  for (const FamilyTables& family : tables) {
    if (tables.size() > 1) text += cat("\n## ", family.title, "\n");
    text += cat("\n", family.reading, "\n\n", markdown_text(family.measured));
    if (!family.published.rows.empty())
      text += cat("\n", kPublished, "\n\n", markdown_text(family.published));
  }
  return text;
}

std::string leaderboard_csv(std::span<const LeaderboardRow> rows) {
  const CsvColumns columns = csv_columns(rows);
  Table table = csv_table(columns);
  for (const LeaderboardRow& row : published_last(rows)) {
    for (const auto& [split, figures] : row.splits)
      table.rows.push_back(csv_cells(row, split, figures, columns));
  }
  return csv_text(table);
}

std::string leaderboard_html(std::span<const LeaderboardRow> rows) {
  const auto tables = leaderboard_tables(rows);
  std::string body;
  for (const FamilyTables& family : tables) {
    if (tables.size() > 1) body += cat("<h2>", family.title, "</h2>\n");
    body += cat("<p>", html_escape(family.reading), "</p>\n", html_table(family.measured));
    if (!family.published.rows.empty())
      body +=
          cat("<p>", html_escape(kPublished), "</p>\n", html_table(family.published, "published"));
  }
  return body;
}

Json leaderboard_json(std::span<const LeaderboardRow> rows) {
  Json list = Json::array();
  for (const LeaderboardRow& row : published_last(rows)) {
    Json splits = Json::object();
    for (const auto& [split, figures] : row.splits)
      splits[split] = figures_json(figures, row.published());
    Json& entry = list.emplace_back(Json::object());
    for (const std::string_view key : kJsonKeys)
      entry[std::string(key)] = row_column(key).value(row);
    entry["splits"] = std::move(splits);
  }
  return {{"schema", "recombine.leaderboard/1"}, {"rows", std::move(list)}};
}

}  // namespace recombine
