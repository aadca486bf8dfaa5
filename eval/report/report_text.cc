// A report as a text for people.

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "data/error.h"
#include "data/visible_text.h"
#include "eval/report/calibration.h"
#include "eval/report/ceilings.h"
#include "eval/report/copies.h"
#include "eval/report/error_tables.h"
#include "eval/report/report.h"
#include "eval/report/twins.h"
#include "eval/tables/table.h"

namespace recombine {
namespace {

constexpr std::size_t kFactorsShown = 2;
constexpr std::size_t kErrorRowsShown = 10;

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
  std::ranges::replace(table.header, std::string("exact %"), std::string("exact of planned %"));
  table.header.insert(table.header.end(),
                      {"exact of valid alone %", "answered", "invalid", "missing"});
  for (const auto& [name, scores] : report.splits) {
    auto cells = group_cells(name, {scores.planned, scores.all.figures}, figures);
    cells.insert(cells.end(), {percent(scores.exact_of_valid.value), grouped(scores.answered),
                               grouped(scores.invalid), grouped(scores.missing)});
    table.rows.push_back(std::move(cells));
  }
  return table;
}

/// "exact 78.3 %, colour 97.0 %".
std::string published_line(const PublishedScores& scores) {
  std::string text;
  for (const auto& [name, value] : scores.figures)
    text += cat(text.empty() ? "" : ", ", figure_label(name), " ", percent(value), " %");
  text += cat(" (of ", grouped(scores.counted), " ", scores.denominator, " queries, ",
              scores.queries, " of an item");
  if (scores.batch > 0) text += cat(", batches of ", scores.batch, " items weighing the same");
  return text + ")";
}

/// What the split's report says beside its tables.
std::string notes_of(const std::string& name, const SplitScores& scores) {
  std::string text;
  if (!scores.note.empty()) text += cat("\n", name, ": note: ", scores.note, "\n");
  if (scores.queries == "first")
    text += cat("\n", name, ": first queries alone (--queries first)\n");
  if (scores.published) {
    text += cat("\n", name, ", as published: ", published_line(*scores.published), "\n");
    if (!scores.published->note.empty())
      text += cat("\n", name, ", as published: ", scores.published->note, "\n");
  }
  text += copies_text(name, scores);
  text += ceilings_text(name, scores.ceilings);
  if (scores.calibration) {
    text += cat("\n", name, ": calibration error ", percent(scores.calibration->error),
                " points, the mean distance of a probability from the share of exact answers\n");
  }
  for (const auto& [reason, count] : scores.invalid_reasons)
    text += cat("\n", name, ": ", grouped(count), " invalid: ", reason, "\n");
  for (const auto& [strictness, count] : scores.reading.strictness) {
    text += cat("\n", name, ": ", grouped(count.answers), " answers of strictness ", strictness,
                ", ", grouped(count.exact), " of them exact\n");
  }
  return text;
}

std::string p_value(double p) {
  if (p < 0.0001) return "< 0.0001";
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.4f", p);
  return text.data();
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
  for (Table& table : error_tables(report)) tables.push_back(std::move(table));
  if (Table table = twin_table(report); !table.rows.empty()) tables.push_back(std::move(table));
  for (const auto& [name, scores] : report.splits) {
    for (const auto& [factor, groups] : scores.by) {
      tables.push_back(group_table(cat(name, " by ", factor), groups));
    }
    if (scores.calibration)
      tables.push_back(
          calibration_table(cat(name, " by tenth of probability"), *scores.calibration));
  }
  return tables;
}

std::string to_text(const Report& report, int width) {
  std::string text = cat(report.predictor.name, " (", report.predictor.kind, ")");
  if (report.predictor.parameters > 0)
    text += ", " + grouped(report.predictor.parameters) + " parameters";
  text += "\n" + aligned_text(split_table(report), width);
  for (const auto& [name, scores] : report.splits) {
    for (std::size_t i = 0; i < std::min(kFactorsShown, scores.by.size()); ++i) {
      const auto& [factor, groups] = scores.by[i];
      text += "\n" + aligned_text(group_table(cat(name, " by ", factor), groups), width);
    }
    text += notes_of(name, scores);
  }
  for (const Table& table : error_tables(report, kErrorRowsShown))
    text += "\n" + aligned_text(table, width);
  const Table twins = twin_table(report);
  if (!twins.rows.empty()) text += "\n" + aligned_text(twins, width);
  const Table unread = unread_table(report);
  if (!unread.rows.empty())
    text += "\nanswers that could not be read\n" + aligned_text(unread, width);
  return text;
}

Table unread_table(const Report& report) {
  Table table{{"split", "item", "query", "reason", "text"}, {}};
  for (const auto& [name, scores] : report.splits) {
    for (const UnreadAnswer& answer : scores.reading.unread) {
      table.rows.push_back({name, answer.item, std::to_string(answer.query), answer.reason,
                            answer.text.empty() ? "-" : visible_text(answer.text)});
    }
  }
  return table;
}

std::string comparison_reading() {
  return "Exact answers to the same planned queries. Difference: first less second, in points, "
         "with a 95 % interval that resamples whole items. p: exact McNemar over queries, and "
         "over "
         "items, of which each counts once for whom has more of its queries right; Holm: "
         "corrected "
         "for all rows. Told apart: p by item, corrected, is below 0.05, and the interval leaves "
         "out 0. Smallest: the difference that this set would show in four of five tries.";
}

Table comparison_table(std::span<const Comparison> comparisons) {
  Table table{{"first", "second", "split", "queries", "only first", "only second", "difference",
               "p (McNemar)", "Holm", "p by item", "Holm by item", "told apart", "smallest"},
              {}};
  for (const Comparison& one : comparisons) {
    table.rows.push_back(
        {one.names[0], one.names[1], one.split, grouped(one.queries), grouped(one.answers.first),
         grouped(one.answers.second), percent(one.difference), p_value(one.answers.p),
         p_value(one.answers.p_holm), p_value(one.by_item.p), p_value(one.by_item.p_holm),
         one.told_apart ? "yes" : "no", percent(one.smallest_difference)});
  }
  return table;
}

std::string to_text(const ReportSet& set, int width) {
  std::string text;
  for (const Report& report : set.reports) text += to_text(report, width) + "\n";
  if (set.comparisons.empty()) return text;
  return text + "comparisons\n" + aligned_text(comparison_table(set.comparisons), width) + "\n" +
         comparison_reading() + "\n";
}

}  // namespace recombine
