#include "eval/leaderboard.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace recombine {
namespace {

/// Exact match on the first of the splits on which the row has it; -1 where it has it on neither.
double exact_on(const LeaderboardRow& row, std::string_view first, std::string_view second) {
  for (const std::string_view wanted : {first, second}) {
    for (const auto& [split, figures] : row.splits) {
      const Interval* exact = figures.figures.find("exact");
      if (split == wanted && exact != nullptr) return exact->value;
    }
  }
  return -1;
}

std::pair<double, double> rank_of(const LeaderboardRow& row) {
  return {exact_on(row, "test_ood", "val_ood"), exact_on(row, "test_id", "val_id")};
}

RowFigures& figures_of(LeaderboardRow& row, const std::string& split) {
  for (auto& [known, figures] : row.splits) {
    if (known == split) return figures;
  }
  return row.splits.emplace_back(split, RowFigures{}).second;
}

/// {"val_id": {"0.5": 400, ...}, ...}, as a model's predictions record it.
void add_milestones(LeaderboardRow& row, const Json& splits) {
  if (!splits.is_object()) return;
  for (const auto& [split, steps] : splits.items()) {
    if (!split.starts_with("val_")) continue;  // probes of what was trained fill no column
    for (const auto& [share, step] : steps.items()) {
      if (step.is_number_unsigned())
        figures_of(row, split).milestones.emplace_back(share, step.get<std::uint64_t>());
    }
  }
}

LeaderboardRow row_of(const Report& report) {
  LeaderboardRow row;
  row.family = report.family;
  row.name = report.predictor.name;
  row.kind = report.predictor.kind;
  row.parameters = report.predictor.parameters;
  const Json& details = report.predictor.details;
  const auto chosen_by = details.find("chosen_by");
  if (chosen_by != details.end() && chosen_by->is_string())
    row.chosen_by = chosen_by->get<std::string>();
  row.digest = report.data_digest();
  for (const auto& [name, scores] : report.splits) {
    const auto planned = static_cast<double>(std::max<std::uint64_t>(scores.planned, 1));
    const double invalid = static_cast<double>(scores.invalid) / planned;
    row.splits.emplace_back(name, RowFigures{scores.all.figures, invalid, {}});
  }
  const auto milestones = details.find("milestones");
  if (row.family == "facts" && milestones != details.end()) add_milestones(row, *milestones);
  return row;
}

}  // namespace

std::vector<LeaderboardRow> leaderboard_rows(std::span<const Report> reports) {
  std::vector<LeaderboardRow> rows;
  for (const Report& report : reports) rows.push_back(row_of(report));
  std::ranges::stable_sort(rows, std::ranges::greater{}, rank_of);
  return rows;
}

}  // namespace recombine
