// The forms of a leaderboard.

#include <algorithm>
#include <array>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/leaderboard.h"
#include "eval/table.h"

namespace recombine {
namespace {

constexpr std::array<std::string_view, 5> kSplitOrder = {"test_ood", "test_id", "val_ood", "val_id",
                                                         "train"};

/// The splits of all rows: the well-known first, then the others by name.
std::vector<std::string> split_names_of(std::span<const LeaderboardRow> rows) {
  std::vector<std::string> names;
  for (const LeaderboardRow& row : rows) {
    for (const auto& [name, figures] : row.splits) {
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
  }
  std::ranges::sort(names, {}, [](const std::string& name) {
    return std::pair(std::ranges::find(kSplitOrder, name) - kSplitOrder.begin(), name);
  });
  return names;
}

std::vector<LeaderboardRow> rows_that_are(std::span<const LeaderboardRow> rows, bool published) {
  std::vector<LeaderboardRow> chosen;
  std::ranges::copy_if(rows, std::back_inserter(chosen),
                       [&](const LeaderboardRow& row) { return row.published() == published; });
  return chosen;
}

const RowFigures* figures_of(const LeaderboardRow& row, const std::string& split) {
  const auto place =
      std::ranges::find(row.splits, split, &std::pair<std::string, RowFigures>::first);
  return place == row.splits.end() ? nullptr : &place->second;
}

std::string short_digest(const std::string& digest) {
  const std::size_t begin = digest.find(':') == std::string::npos ? 0 : digest.find(':') + 1;
  return digest.substr(begin, 12);
}

std::string known(const std::string& text) { return text.empty() ? "-" : text; }

std::string parameters_text(const LeaderboardRow& row) {
  return row.parameters == 0 ? "-" : grouped(row.parameters);
}

Table measured_table(std::span<const LeaderboardRow> rows) {
  Table table{{"model", "kind", "parameters"}, {}};
  const auto splits = split_names_of(rows);
  for (const std::string& split : splits) {
    for (const char* figure : {" exact %", " colour %", " shape %", " invalid %"}) {
      table.header.push_back(split + figure);
    }
  }
  table.header.insert(table.header.end(), {"chosen by", "data"});
  for (const LeaderboardRow& row : rows) {
    std::vector<std::string> cells = {row.name, row.kind, parameters_text(row)};
    for (const std::string& split : splits) {
      const RowFigures* figures = figures_of(row, split);
      if (figures == nullptr) {
        cells.insert(cells.end(), {"-", "-", "-", "-"});
        continue;
      }
      cells.insert(cells.end(), {percent(figures->exact), percent(*figures->colour),
                                 percent(*figures->shape), percent(*figures->invalid)});
    }
    cells.insert(cells.end(), {known(row.chosen_by), short_digest(row.digest)});
    table.rows.push_back(std::move(cells));
  }
  return table;
}

Table published_table(std::span<const LeaderboardRow> rows) {
  Table table{{"model (published)", "kind", "parameters", "systematicity exact %", "3-shot exact %",
               "source"},
              {}};
  for (const LeaderboardRow& row : rows) {
    const RowFigures* three_shot = figures_of(row, "3-shot");
    table.rows.push_back(
        {row.name, row.kind, parameters_text(row), cat(100 * row.splits.front().second.exact.value),
         three_shot == nullptr ? "-" : cat(100 * three_shot->exact.value), row.source});
  }
  return table;
}

constexpr const char* kTitle = "Recombine leaderboard";
constexpr const char* kReading =
    "Shares of all planned queries, in per cent, with 95 % intervals over episodes. OOD: "
    "combinations of "
    "rules that training never showed.";
constexpr const char* kPublished =
    "Published figures: not measured here, on other data, and so not to be ranked among the rows "
    "above.";

Json interval_json(const Interval& interval) {
  return {{"value", interval.value},
          {"low", interval.low},
          {"high", interval.high},
          {"level", interval.level},
          {"method", interval.method}};
}

Json figures_json(const RowFigures& figures, bool published) {
  if (published) return {{"exact", {{"value", figures.exact.value}}}};
  return {{"exact", interval_json(figures.exact)},
          {"color", interval_json(*figures.colour)},
          {"shape", interval_json(*figures.shape)},
          {"invalid_share", *figures.invalid}};
}

std::string number_text(double value) { return Json(value).dump(); }

std::vector<std::string> csv_cells(const LeaderboardRow& row,
                                   const std::string& split,
                                   const RowFigures& figures) {
  std::vector<std::string> cells = {row.name,
                                    row.kind,
                                    std::to_string(row.parameters),
                                    row.published() ? "yes" : "no",
                                    split,
                                    number_text(figures.exact.value)};
  if (row.published()) {
    cells.resize(cells.size() + 5);
  } else {
    for (const double value : {figures.exact.low, figures.exact.high, figures.colour->value,
                               figures.shape->value, *figures.invalid}) {
      cells.push_back(number_text(value));
    }
  }
  cells.insert(cells.end(), {row.chosen_by, row.digest, row.source});
  return cells;
}

}  // namespace

std::string leaderboard_markdown(std::span<const LeaderboardRow> rows) {
  std::string text = cat("# ", kTitle, "\n\n", kReading, "\n\n",
                         markdown_text(measured_table(rows_that_are(rows, false))));
  const auto published = rows_that_are(rows, true);
  if (!published.empty())
    text += cat("\n", kPublished, "\n\n", markdown_text(published_table(published)));
  return text;
}

std::string leaderboard_csv(std::span<const LeaderboardRow> rows) {
  Table table{
      {"model", "kind", "parameters", "published", "split", "exact", "exact_low", "exact_high",
       "color", "shape", "invalid_share", "chosen_by", "data_digest", "source"},
      {}};
  for (const bool published : {false, true}) {
    for (const LeaderboardRow& row : rows_that_are(rows, published)) {
      for (const auto& [split, figures] : row.splits) {
        table.rows.push_back(csv_cells(row, split, figures));
      }
    }
  }
  return csv_text(table);
}

std::string leaderboard_html(std::span<const LeaderboardRow> rows) {
  std::string body = cat("<p>", html_escape(kReading), "</p>\n",
                         html_table(measured_table(rows_that_are(rows, false))));
  const auto published = rows_that_are(rows, true);
  if (!published.empty()) {
    body += cat("<p>", html_escape(kPublished), "</p>\n", html_table(published_table(published)));
  }
  return html_page(kTitle, body);
}

Json leaderboard_json(std::span<const LeaderboardRow> rows) {
  Json list = Json::array();
  for (const bool published : {false, true}) {
    for (const LeaderboardRow& row : rows_that_are(rows, published)) {
      Json splits = Json::object();
      for (const auto& [split, figures] : row.splits)
        splits[split] = figures_json(figures, published);
      list.push_back({{"name", row.name},
                      {"kind", row.kind},
                      {"parameters", row.parameters},
                      {"published", published},
                      {"source", row.source},
                      {"chosen_by", row.chosen_by},
                      {"data_digest", row.digest},
                      {"splits", std::move(splits)}});
    }
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
