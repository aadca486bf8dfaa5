#include "eval/leaderboard/rows.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <iterator>
#include <map>

#include <nlohmann/json.hpp>

#include "data/family.h"
#include "data/set_names.h"
#include "eval/leaderboard/run_average.h"
#include "eval/leaderboard/tie_groups.h"

namespace recombine {
namespace {

/// Exact match on the first of the splits on which the row has it; -1 where it has it on none.
double exact_on(const LeaderboardRow& row, std::initializer_list<std::string_view> wanted_splits) {
  for (const std::string_view wanted : wanted_splits) {
    for (const auto& [split, figures] : row.splits) {
      const Interval* exact = figures.figures.find("exact");
      if (split == wanted && exact != nullptr) return exact->value;
    }
  }
  return -1;
}

/// Larger is better. `grouping` is the set by which the row's family is grouped: the one that
/// ranks where there is none of the four.
std::array<double, 3> rank_of(const LeaderboardRow& row, const std::string& grouping) {
  return {exact_on(row, {kTestOodSet, kValOodSet}), exact_on(row, {kTestIdSet, kValIdSet}),
          exact_on(row, {grouping})};
}

void put_best_first(std::vector<LeaderboardRow>& rows) {
  std::map<std::string, std::string> grouping;  // by family; before rows move
  for (const LeaderboardRow& row : rows) {
    if (!grouping.contains(row.family)) grouping[row.family] = grouping_split(rows, row.family);
  }
  std::ranges::stable_sort(rows, std::ranges::greater{}, [&](const LeaderboardRow& row) {
    return rank_of(row, grouping.at(row.family));
  });
}

RowFigures& figures_of(LeaderboardRow& row, const std::string& split) {
  for (auto& [known, figures] : row.splits) {
    if (known == split) return figures;
  }
  return row.splits.emplace_back(split, RowFigures{}).second;
}

/// {"val_id": {"0.5": 400, ...}, ...}, as a model's predictions record it.
void add_steps_to_reach(LeaderboardRow& row, const Json& splits) {
  if (!splits.is_object()) return;
  for (const auto& [split, steps] : splits.items()) {
    if (!split.starts_with("val_")) continue;  // probes of what was trained fill no column
    for (const auto& [share, step] : steps.items()) {
      if (step.is_number_unsigned())
        figures_of(row, split).steps_to_reach.emplace_back(share, step.get<std::uint64_t>());
    }
  }
}

/// Sums over the splits; nothing where one does not know them.
std::optional<Tokens> tokens_of(const Report& report) {
  Tokens sum;
  for (const auto& [name, scores] : report.splits) {
    if (!scores.reading.tokens) return std::nullopt;
    sum.asked += scores.reading.tokens->asked;
    sum.answered += scores.reading.tokens->answered;
  }
  return report.splits.empty() ? std::nullopt : std::optional(sum);
}

std::optional<double> cost_of(const Report& report) {
  double sum = 0;
  for (const auto& [name, scores] : report.splits) {
    if (!scores.reading.cost) return std::nullopt;
    sum += *scores.reading.cost;
  }
  return report.splits.empty() ? std::nullopt : std::optional(sum);
}

RowFigures row_figures(const SplitScores& scores) {
  const auto planned = static_cast<double>(std::max<std::uint64_t>(scores.planned, 1));
  RowFigures figures;
  figures.figures = scores.all.figures;
  figures.invalid = static_cast<double>(scores.invalid) / planned;
  figures.digest = scores.data_digest;
  if (!scores.published) return figures;
  for (const auto& [name, value] : scores.published->figures) {
    if (name == "exact") figures.published_exact = value;
  }
  return figures;
}

/// "" where the predictor does not say it.
std::string text_of(const Json& details, const char* key) {
  const auto place = details.find(key);
  return place != details.end() && place->is_string() ? place->get<std::string>() : "";
}

LeaderboardRow row_of(const Report& report) {
  LeaderboardRow row;
  row.family = report.family;
  row.name = report.predictor.name;
  row.kind = report.predictor.kind;
  row.parameters = report.predictor.parameters;
  const Json& details = report.predictor.details;
  row.chosen_by = text_of(details, "chosen_by");
  row.run = text_of(details, "run");
  const auto step = details.find("step");
  if (step != details.end() && step->is_number_integer()) row.step = step->get<std::uint64_t>();
  const auto seconds = details.find("train_seconds");
  if (seconds != details.end() && seconds->is_number()) row.train_seconds = seconds->get<double>();
  row.digest = report.data_digest();
  for (const auto& [name, scores] : report.splits) {
    row.splits.emplace_back(name, row_figures(scores));
    row.date = std::max(row.date, scores.date);
    if (!scores.note.empty())
      row.note += cat(row.note.empty() ? "" : "; ", name, ": ", scores.note);
    row.first_queries |= scores.queries == "first";
  }
  row.cost = cost_of(report);
  row.tokens = tokens_of(report);
  auto steps = details.find("steps_to_reach");
  if (steps == details.end()) steps = details.find("milestones");  // before 0.2.0
  if (find_family(row.family).steps_to_reach && steps != details.end())
    add_steps_to_reach(row, *steps);
  return row;
}

}  // namespace

const RowFigures* LeaderboardRow::find(std::string_view split) const {
  const auto place = std::ranges::find(splits, split, &std::pair<std::string, RowFigures>::first);
  return place == splits.end() ? nullptr : &place->second;
}

std::string_view tie_test_name(TieTest test) {
  constexpr std::array<std::string_view, 4> kNames = {"", "paired test", "overlapping intervals",
                                                      "overlapping intervals, other data"};
  return kNames.at(static_cast<std::size_t>(test));
}

std::vector<LeaderboardRow> leaderboard_rows(const ReportSet& set, bool average) {
  std::vector<LeaderboardRow> rows;
  for (const Report& report : set.reports) {
    rows.push_back(row_of(report));
    rows.back().report = static_cast<int>(rows.size()) - 1;
  }
  if (average) rows = average_runs(rows);
  std::ranges::move(ceiling_rows(set), std::back_inserter(rows));
  put_best_first(rows);
  group_ties(rows, set.comparisons);
  return rows;
}

}  // namespace recombine
