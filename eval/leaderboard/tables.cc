// What a leaderboard shows of each family.

#include <algorithm>
#include <array>

#include "data/error.h"
#include "data/family.h"
#include "data/set_names.h"
#include "eval/leaderboard/columns.h"
#include "eval/leaderboard/tie_groups.h"

namespace recombine {
namespace {

using Rows = std::span<const LeaderboardRow>;

/// A figure of a split; three names are not figures: kInvalid, kStepsToReach and kAsPublished.
struct Column {
  std::string title;
  std::string split;
  std::string figure;
};
using Columns = std::vector<Column>;

constexpr std::string_view kInvalid = "invalid";
constexpr std::string_view kStepsToReach = "steps_to_reach";
constexpr std::string_view kAsPublished = "as published";
constexpr std::array kSharesReached = {"0.5", "0.9", "0.95", "0.99"};

/// The splits of all rows: those of `first` in their order, then the others by name.
std::vector<std::string> split_names_of(Rows rows, std::span<const std::string_view> first) {
  std::vector<std::string> names;
  for (const LeaderboardRow& row : rows) {
    for (const auto& [name, figures] : row.splits) {
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
  }
  std::ranges::sort(names, {}, [&](const std::string& name) {
    return std::pair(std::ranges::find(first, name) - first.begin(), name);
  });
  return names;
}

bool any_row(Rows rows, const std::string& split, bool (*has)(const RowFigures&)) {
  return std::ranges::any_of(rows, [&](const LeaderboardRow& row) {
    const RowFigures* figures = row.find(split);
    return figures != nullptr && has(*figures);
  });
}

bool has_scores(const RowFigures& figures) { return figures.figures.find("exact") != nullptr; }
bool has_published(const RowFigures& figures) { return figures.published_exact.has_value(); }
bool has_steps_to_reach(const RowFigures& figures) { return !figures.steps_to_reach.empty(); }

/// A column of exact match by the published convention, where a row has it.
void add_published(Columns& columns, Rows rows, const std::string& split) {
  if (any_row(rows, split, has_published))
    columns.push_back({cat(split, " exact as published %"), split, std::string(kAsPublished)});
}

Columns grid_columns(Rows rows) {
  constexpr std::array<std::string_view, 5> kOrder = {kTestOodSet, kTestIdSet, kValOodSet,
                                                      kValIdSet, kTrainSet};
  Columns columns;
  for (const std::string& split : split_names_of(rows, kOrder)) {
    for (const std::string_view figure : {"exact", "color", "shape", "invalid"})
      columns.push_back({cat(split, " ", figure_label(figure), " %"), split, std::string(figure)});
    add_published(columns, rows, split);
  }
  return columns;
}

Columns fact_columns(Rows rows) {
  constexpr std::array<std::string_view, 4> kOrder = {kTestIdSet, kTestOodSet, kValIdSet,
                                                      kValOodSet};
  Columns columns;
  const auto splits = split_names_of(rows, kOrder);
  const auto add = [&](const std::string& split, const char* figure) {
    columns.push_back({cat(split, " ", figure, " %"), split, figure});
  };
  for (const std::string& split : splits) {
    if (!any_row(rows, split, has_scores)) continue;
    add(split, "exact");
    add_published(columns, rows, split);
    if (split != kTestOodSet) continue;
    add(split, "bridge");
    add(split, "answer");
  }
  for (const std::string& split : splits) {
    if (any_row(rows, split, has_steps_to_reach))
      columns.push_back(
          {cat("steps to ", split, " .5/.9/.95/.99"), split, std::string(kStepsToReach)});
  }
  return columns;
}

std::string steps_text(const StepsToReach& steps_to_reach) {
  std::string text;
  for (const char* share : kSharesReached) {
    const auto place = std::ranges::find(steps_to_reach, share, &StepsToReach::value_type::first);
    text += text.empty() ? "" : " / ";
    text += place == steps_to_reach.end() ? "-" : grouped(place->second);
  }
  return text;
}

std::string measured_cell(const LeaderboardRow& row, const Column& column) {
  const RowFigures* figures = row.find(column.split);
  if (figures == nullptr) return "-";
  if (column.figure == kInvalid) return figures->invalid ? percent(*figures->invalid) : "-";
  if (column.figure == kStepsToReach)
    return figures->steps_to_reach.empty() ? "-" : steps_text(figures->steps_to_reach);
  if (column.figure == kAsPublished)
    return figures->published_exact ? percent(*figures->published_exact) : "-";
  const Interval* interval = figures->figures.find(column.figure);
  if (interval == nullptr) return "-";
  return row.ceiling() ? percent(interval->value) : percent(*interval);
}

std::string published_cell(const LeaderboardRow& row, std::string_view split) {
  const RowFigures* figures = row.find(split);
  return figures == nullptr ? "-" : cat(100 * figures->figures.at("exact").value);
}

/// The cells of the columns, behind those that a row has.
void add_cells(std::vector<std::string>& cells,
               const std::vector<const RowColumn*>& shown,
               const LeaderboardRow& row,
               Rows rows) {
  for (const RowColumn* column : shown) cells.push_back(table_cell(*column, row, rows));
}

void add_titles(Table& table, const std::vector<const RowColumn*>& shown) {
  for (const RowColumn* column : shown) table.header.emplace_back(column->title);
}

Table measured_table(Rows rows, const Columns& columns) {
  constexpr std::array<std::string_view, 4> kFirst = {"model", "kind", "parameters", "tie_group"};
  constexpr std::array<std::string_view, 7> kLast = {
      "chosen_by", "train_seconds", "cost", "tokens", "date", "note", "data_digest"};
  const auto first = shown_columns(kFirst, rows);
  const auto last = shown_columns(kLast, rows);
  Table table;
  add_titles(table, first);
  for (const Column& column : columns) table.header.push_back(column.title);
  add_titles(table, last);
  for (const LeaderboardRow& row : rows) {
    auto& cells = table.rows.emplace_back();
    add_cells(cells, first, row, rows);
    for (const Column& column : columns) cells.push_back(measured_cell(row, column));
    add_cells(cells, last, row, rows);
    table.row_styles.emplace_back(row.anchor() ? "anchor" : "");
  }
  return table;
}

/// `columns`: a split and its title each.
Table published_table(Rows rows,
                      std::span<const std::pair<std::string_view, const char*>> columns) {
  constexpr std::array<std::string_view, 3> kFirst = {"model", "kind", "parameters"};
  constexpr std::array<std::string_view, 2> kLast = {"source", "note"};
  const auto first = shown_columns(kFirst, rows);
  const auto last = shown_columns(kLast, rows);
  Table table;
  add_titles(table, first);
  table.header.front() += " (published)";
  for (const auto& [split, title] : columns) table.header.emplace_back(title);
  add_titles(table, last);
  for (const LeaderboardRow& row : rows) {
    auto& cells = table.rows.emplace_back();
    add_cells(cells, first, row, rows);
    for (const auto& [split, title] : columns) cells.push_back(published_cell(row, split));
    add_cells(cells, last, row, rows);
  }
  return table;
}

struct FamilyForm {
  std::string_view family;
  const char* title;
  const char* reading;
  Columns (*columns)(Rows rows);
  std::vector<std::pair<std::string_view, const char*>> published;  ///< a split and its title each
};

// To add a family: a line.
const std::vector<FamilyForm>& family_forms() {
  static const std::vector<FamilyForm> kForms = {
      FamilyForm{kGrids.name,
                 "Grids",
                 "Shares of all planned queries, in per cent, with 95 % intervals over episodes. "
                 "OOD: combinations of rules that training never showed.",
                 grid_columns,
                 {{kTestOodSet, "systematicity exact %"},
                  {"3-shot", "3-shot exact %"},
                  {"four splits", "mean of four splits exact %"}}},
      FamilyForm{
          kFacts.name,
          "Facts",
          "Shares of all planned questions, in per cent, with 95 % intervals. Exact: the "
          "whole answer, chain of thought included. Bridge: the entities before the last one. "
          "Answer: the last one, whatever stands before it. OOD: compositions of facts that "
          "training never composed.",
          fact_columns,
          {{kTestIdSet, "ID test exact %"}, {kTestOodSet, "OOD test exact %"}}},
  };
  return kForms;
}

/// How to read the column of tie groups.
std::string ties_reading(Rows measured, std::string_view family) {
  const std::string split = grouping_split(measured, std::string(family));
  if (split.empty()) return "";
  return cat(" Tie group: rows that ", split,
             " does not tell apart from the first of their group, ",
             "by a paired test on the same answers (paired) or, where there is none, because ",
             "their intervals overlap (intervals). Anchors are baselines and ceilings: they are "
             "not ranked.");
}

}  // namespace

std::vector<std::pair<std::string_view, std::string_view>> leaderboard_families() {
  std::vector<std::pair<std::string_view, std::string_view>> families;
  for (const FamilyForm& form : family_forms()) families.emplace_back(form.family, form.title);
  return families;
}

std::vector<FamilyTables> leaderboard_tables(Rows rows) {
  std::vector<FamilyTables> tables;
  for (const FamilyForm& form : family_forms()) {
    std::vector<LeaderboardRow> measured;
    std::vector<LeaderboardRow> published;
    for (const LeaderboardRow& row : rows) {
      if (row.family == form.family) (row.published() ? published : measured).push_back(row);
    }
    if (measured.empty() && published.empty() && !rows.empty()) continue;
    tables.push_back({form.title, form.reading + ties_reading(measured, form.family),
                      measured_table(measured, form.columns(measured)),
                      published_table(published, form.published)});
    if (rows.empty()) break;
  }
  return tables;
}

}  // namespace recombine
