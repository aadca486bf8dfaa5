// The forms of a leaderboard.

#include <algorithm>
#include <array>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/leaderboard/rows.h"

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
  for (const auto& [share, step] : figures.milestones) json["milestones"][share] = step;
  return json;
}

Json known(TieTest test) {
  return test == TieTest::kNone ? Json(nullptr) : Json(tie_test_name(test));
}

Json tokens_json(const std::optional<Tokens>& tokens) {
  if (!tokens) return nullptr;
  return {{"asked", tokens->asked}, {"answered", tokens->answered}};
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

std::string number_text(double value) { return Json(value).dump(); }

struct CsvColumns {
  std::vector<std::string> figures;     ///< but for "exact"
  std::vector<std::string> milestones;  ///< shares
};

CsvColumns csv_columns(std::span<const LeaderboardRow> rows) {
  CsvColumns columns{all_names(rows, [](const RowFigures& figures) { return figures.figures; }),
                     all_names(rows, [](const RowFigures& figures) { return figures.milestones; })};
  std::erase(columns.figures, "exact");
  return columns;
}

Table csv_table(const CsvColumns& columns) {
  Table table{
      {"model", "kind", "parameters", "published", "split", "exact", "exact_low", "exact_high"},
      {}};
  auto& header = table.header;
  header.insert(header.end(), columns.figures.begin(), columns.figures.end());
  header.emplace_back("invalid_share");
  for (const std::string& share : columns.milestones) header.push_back("steps_to_" + share);
  header.insert(header.end(), {"chosen_by", "data_digest", "source", "note", "family", "tie_group",
                               "tie_by", "date", "cost", "tokens_asked", "tokens_answered",
                               "first_queries", "run", "step"});
  return table;
}

std::vector<std::string> csv_cells(const LeaderboardRow& row,
                                   const std::string& split,
                                   const RowFigures& figures,
                                   const CsvColumns& columns) {
  std::vector<std::string> cells = {row.name, row.kind, std::to_string(row.parameters),
                                    row.published() ? "yes" : "no", split};
  const auto add = [&](const Interval* interval, double Interval::*number) {
    cells.push_back(interval == nullptr ? "" : number_text(interval->*number));
  };
  const Interval* exact = figures.figures.find("exact");
  add(exact, &Interval::value);
  add(row.published() ? nullptr : exact, &Interval::low);
  add(row.published() ? nullptr : exact, &Interval::high);
  for (const std::string& name : columns.figures) add(figures.figures.find(name), &Interval::value);
  cells.push_back(figures.invalid ? number_text(*figures.invalid) : "");
  for (const std::string& share : columns.milestones) {
    const auto place = std::ranges::find(figures.milestones, share, &Milestones::value_type::first);
    cells.push_back(place == figures.milestones.end() ? "" : std::to_string(place->second));
  }
  cells.insert(
      cells.end(),
      {row.chosen_by, row.digest, row.source, row.note, row.family,
       row.tie_group == 0 ? "" : std::to_string(row.tie_group),
       std::string(tie_test_name(row.tie_test)), row.date, row.cost ? number_text(*row.cost) : "",
       row.tokens ? std::to_string(row.tokens->asked) : "",
       row.tokens ? std::to_string(row.tokens->answered) : "", row.first_queries ? "yes" : "no",
       row.run, row.step ? std::to_string(*row.step) : ""});
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
  return html_page(kTitle, body);
}

Json leaderboard_json(std::span<const LeaderboardRow> rows) {
  Json list = Json::array();
  for (const LeaderboardRow& row : published_last(rows)) {
    Json splits = Json::object();
    for (const auto& [split, figures] : row.splits)
      splits[split] = figures_json(figures, row.published());
    list.push_back({{"family", row.family},
                    {"name", row.name},
                    {"kind", row.kind},
                    {"parameters", row.parameters},
                    {"published", row.published()},
                    {"source", row.source},
                    {"note", row.note},
                    {"chosen_by", row.chosen_by},
                    {"data_digest", row.digest},
                    {"anchor", row.anchor()},
                    {"tie_group", row.tie_group == 0 ? Json(nullptr) : Json(row.tie_group)},
                    {"tie_by", known(row.tie_test)},
                    {"date", row.date},
                    {"cost", row.cost ? Json(*row.cost) : Json(nullptr)},
                    {"tokens", tokens_json(row.tokens)},
                    {"first_queries", row.first_queries},
                    {"run", row.run},
                    {"step", row.step ? Json(*row.step) : Json(nullptr)},
                    {"splits", std::move(splits)}});
  }
  return {{"schema", "recombine.leaderboard/1"}, {"rows", std::move(list)}};
}

std::string leaderboard_text(std::span<const LeaderboardRow> rows, const std::string& file) {
  const std::string ending = std::filesystem::path(file).extension().string();
  if (ending == ".md") return leaderboard_markdown(rows);
  if (ending == ".csv") return leaderboard_csv(rows);
  if (ending == ".html") return leaderboard_html(rows);
  require(ending == ".json", "--out ", file, ": the name must end in .md, .csv, .html or .json");
  return leaderboard_json(rows).dump(2) + "\n";
}

}  // namespace recombine
