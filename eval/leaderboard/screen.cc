// The short form of a leaderboard: what fits a terminal.

#include <algorithm>
#include <array>

#include "data/error.h"
#include "data/set_names.h"
#include "eval/leaderboard/columns.h"

namespace recombine {
namespace {

constexpr std::size_t kScreenColumns = 100;
constexpr const char* kScreenReading =
    "exact: answers that are right in full, in per cent [95 % interval], of the test sets\n"
    "(of the validation sets where there is no test); time: of the training, by the clock\n";

std::string exact_cell(const LeaderboardRow& row, const std::array<std::string_view, 2>& splits) {
  for (const std::string_view split : splits) {
    const RowFigures* figures = row.find(split);
    const Interval* exact = figures == nullptr ? nullptr : figures->figures.find("exact");
    if (exact == nullptr) continue;
    if (row.published()) return cat(100 * exact->value);
    return row.ceiling() ? percent(exact->value) : percent(*exact);
  }
  return "-";
}

/// The text with its middle left out, where it is wider than `width`: names of runs differ at their
/// ends.
std::string shortened(const std::string& text, std::size_t width) {
  constexpr std::string_view kGap = "...";
  if (text.size() <= width) return text;
  const std::size_t kept = width > kGap.size() ? width - kGap.size() : 0;
  const std::size_t front = kept / 2;
  return cat(text.substr(0, front), kGap, text.substr(text.size() - (kept - front)));
}

Table screen_table(std::span<const LeaderboardRow> rows) {
  const RowColumn& name = row_column("model");
  const RowColumn& parameters = row_column("parameters");
  const RowColumn& time = row_column("train_seconds");
  Table table{{"model", "ID exact", "OOD exact", "parameters", "time"}, {}};
  for (const LeaderboardRow& row : rows) {
    const std::string id = exact_cell(row, {kTestIdSet, kValIdSet});
    const std::string ood = exact_cell(row, {kTestOodSet, kValOodSet});
    if (row.published() && id == "-" && ood == "-") continue;
    table.rows.push_back({table_cell(name, row, rows) + (row.published() ? " (published)" : ""), id,
                          ood, table_cell(parameters, row, rows), table_cell(time, row, rows)});
  }
  return table;
}

/// Shortens names until a line of the table fits.
void fit(Table& table) {
  std::size_t others = 0;
  for (std::size_t column = 1; column < table.header.size(); ++column) {
    std::size_t width = table.header[column].size();
    for (const auto& row : table.rows) width = std::max(width, row[column].size());
    others += 2 + width;
  }
  const std::size_t left = kScreenColumns - std::min(others, kScreenColumns);
  for (auto& row : table.rows) row.front() = shortened(row.front(), left);
}

}  // namespace

std::string leaderboard_screen(std::span<const LeaderboardRow> rows) {
  std::string text;
  for (const auto& [family, title] : leaderboard_families()) {
    std::vector<LeaderboardRow> of_family;
    std::ranges::copy_if(
        rows, std::back_inserter(of_family),
        [&name = family](const LeaderboardRow& row) { return row.family == name; });
    if (of_family.empty()) continue;
    std::ranges::stable_sort(of_family, {}, &LeaderboardRow::published);
    Table table = screen_table(of_family);
    fit(table);
    text += cat(title, "\n", aligned_text(table), "\n");
  }
  return text + kScreenReading;
}

}  // namespace recombine
