// A report as a text for people.

#include <algorithm>

#include "data/error.h"
#include "eval/report.h"
#include "eval/table.h"

namespace recombine {
namespace {

constexpr std::size_t kFactorsShown = 2;

Table split_table(const Report& report) {
  Table table{{"split", "queries", "exact %", "colour %", "shape %", "exact of valid %", "answered",
               "invalid", "missing"},
              {}};
  for (const auto& [name, scores] : report.splits) {
    table.rows.push_back({name, grouped(scores.planned), percent(scores.all.exact),
                          percent(scores.all.colour), percent(scores.all.shape),
                          percent(scores.exact_of_valid.value), grouped(scores.answered),
                          grouped(scores.invalid), grouped(scores.missing)});
  }
  return table;
}

Table group_table(const std::string& title, const Groups& groups) {
  Table table{{title, "queries", "exact %", "colour %", "shape %"}, {}};
  for (const auto& [value, scores] : groups) {
    table.rows.push_back({value, grouped(scores.planned), percent(scores.exact),
                          percent(scores.colour), percent(scores.shape)});
  }
  return table;
}

}  // namespace

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
