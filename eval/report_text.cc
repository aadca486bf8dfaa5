// A report as a text for people.

#include <algorithm>

#include "data/error.h"
#include "eval/report.h"
#include "eval/table.h"

namespace recombine {
namespace {

constexpr std::size_t kFactorsShown = 2;

/// Adds the names that are new, each behind the one that it follows in `figures`.
void add_names(std::vector<std::string>& names, const Figures& figures) {
  auto place = names.begin();
  for (const auto& [name, interval] : figures) {
    const auto known = std::ranges::find(names, name);
    place = (known == names.end() ? names.insert(place, name) : known) + 1;
  }
}

void add_header(Table& table, const std::vector<std::string>& figures) {
  for (const std::string& name : figures) table.header.push_back(figure_label(name) + " %");
}

std::vector<std::string> group_cells(const std::string& name,
                                     const GroupScores& scores,
                                     const std::vector<std::string>& figures) {
  std::vector<std::string> cells = {name, grouped(scores.planned)};
  for (const std::string& figure : figures) {
    const Interval* interval = scores.figures.find(figure);
    cells.push_back(interval == nullptr ? "-" : percent(*interval));
  }
  return cells;
}

Table split_table(const Report& report) {
  Table table{{"split", "queries"}, {}};
  std::vector<std::string> figures;
  for (const auto& [name, scores] : report.splits) add_names(figures, scores.all.figures);
  add_header(table, figures);
  table.header.insert(table.header.end(), {"exact of valid %", "answered", "invalid", "missing"});
  for (const auto& [name, scores] : report.splits) {
    auto cells = group_cells(name, {scores.planned, scores.all.figures}, figures);
    cells.insert(cells.end(), {percent(scores.exact_of_valid.value), grouped(scores.answered),
                               grouped(scores.invalid), grouped(scores.missing)});
    table.rows.push_back(std::move(cells));
  }
  return table;
}

Table group_table(const std::string& title, const Groups& groups) {
  Table table{{title, "queries"}, {}};
  std::vector<std::string> figures;
  for (const auto& [value, scores] : groups) add_names(figures, scores.figures);
  add_header(table, figures);
  for (const auto& [value, scores] : groups)
    table.rows.push_back(group_cells(value, scores, figures));
  return table;
}

}  // namespace

std::string figure_label(std::string_view name) {
  if (name == "color") return "colour";
  std::string label(name);
  std::ranges::replace(label, '_', ' ');
  return label;
}

std::vector<Table> report_tables(const Report& report) {
  std::vector<Table> tables = {split_table(report)};
  for (const auto& [name, scores] : report.splits) {
    for (const auto& [factor, groups] : scores.by) {
      tables.push_back(group_table(cat(name, " by ", factor), groups));
    }
  }
  return tables;
}

std::string to_text(const Report& report) {
  std::string text = cat(report.predictor.name, " (", report.predictor.kind, ")");
  if (report.predictor.parameters > 0)
    text += ", " + grouped(report.predictor.parameters) + " parameters";
  text += "\n" + aligned_text(split_table(report));
  for (const auto& [name, scores] : report.splits) {
    for (std::size_t i = 0; i < std::min(kFactorsShown, scores.by.size()); ++i) {
      const auto& [factor, groups] = scores.by[i];
      text += "\n" + aligned_text(group_table(cat(name, " by ", factor), groups));
    }
    for (const auto& [reason, count] : scores.invalid_reasons) {
      text += cat("\n", name, ": ", grouped(count), " invalid: ", reason, "\n");
    }
  }
  return text;
}

}  // namespace recombine
