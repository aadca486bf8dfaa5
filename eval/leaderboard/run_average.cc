#include "eval/leaderboard/run_average.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <boost/math/distributions/students_t.hpp>

#include "data/error.h"
#include "data/text.h"
#include "eval/leaderboard/tie_groups.h"
#include "eval/tables/table.h"

namespace recombine {
namespace {

using RunRows = std::vector<const LeaderboardRow*>;

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Of a sample: over n - 1.
double deviation_of(std::span<const double> values) {
  const double mean = mean_of(values);
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

bool is_run_of(const LeaderboardRow& row, const LeaderboardRow& other) {
  return !row.run.empty() && !other.run.empty() && row.family == other.family &&
         row.name == other.name && row.kind == other.kind && row.parameters == other.parameters &&
         row.digest == other.digest && row.first_queries == other.first_queries;
}

/// What `get` finds in the figures of every row on a set; empty where one has none.
template <class Get>
std::vector<double> values_on(const RunRows& rows, const std::string& split, Get get) {
  std::vector<double> values;
  for (const LeaderboardRow* row : rows) {
    const RowFigures* figures = row->find(split);
    const auto value = figures == nullptr ? std::nullopt : get(*figures);
    if (!value) return {};
    values.push_back(*value);
  }
  return values;
}

std::vector<double> shares_of(const RunRows& rows,
                              const std::string& split,
                              const std::string& name) {
  return values_on(rows, split, [&](const RowFigures& figures) -> std::optional<double> {
    const Interval* interval = figures.figures.find(name);
    return interval == nullptr ? std::nullopt : std::optional(interval->value);
  });
}

std::optional<double> mean_or_nothing(const std::vector<double>& values) {
  return values.empty() ? std::nullopt : std::optional(mean_of(values));
}

RowFigures averaged(const RunRows& rows, const std::string& split, const RowFigures& first) {
  RowFigures figures;
  figures.digest = first.digest;
  for (const auto& [name, interval] : first.figures) {
    const std::vector<double> shares = shares_of(rows, split, name);
    if (!shares.empty()) figures.figures.add(name, mean_over_runs(shares));
  }
  figures.invalid =
      mean_or_nothing(values_on(rows, split, [](const RowFigures& each) { return each.invalid; }));
  figures.published_exact = mean_or_nothing(
      values_on(rows, split, [](const RowFigures& each) { return each.published_exact; }));
  return figures;
}

/// The note of all the rows, or whose notes they are: "run-a: ...; run-c: ...".
std::string notes_of(const RunRows& rows) {
  const std::string& note = rows.front()->note;
  if (std::ranges::all_of(rows, [&](const auto* row) { return row->note == note; })) return note;
  std::vector<std::string> notes;
  for (const LeaderboardRow* row : rows) {
    if (!row->note.empty()) notes.push_back(cat(row->run, ": ", row->note));
  }
  return join_text(notes, "; ");
}

/// "3 runs; test_ood exact s.d. 1.2, from 97.1 to 99.0".
std::string note_of(const RunRows& rows, const LeaderboardRow& first) {
  std::string note = cat(rows.size(), " runs");
  const std::string split = grouping_split({&first, 1}, first.family);
  const std::vector<double> exact = shares_of(rows, split, "exact");
  if (!exact.empty()) {
    const auto [low, high] = std::ranges::minmax(exact);
    note += cat("; ", split, " exact s.d. ", percent(deviation_of(exact)), ", from ", percent(low),
                " to ", percent(high));
  }
  const std::string notes = notes_of(rows);
  return notes.empty() ? note : note + "; " + notes;
}

LeaderboardRow average_of(const RunRows& rows) {
  LeaderboardRow row = *rows.front();
  row.note = note_of(rows, row);
  row.report = -1;
  row.step.reset();
  std::vector<std::string> runs;
  std::vector<double> seconds;
  for (const LeaderboardRow* each : rows) {
    runs.push_back(each->run);
    row.date = std::max(row.date, each->date);
    if (each->train_seconds) seconds.push_back(*each->train_seconds);
    if (each->chosen_by != row.chosen_by) row.chosen_by.clear();
  }
  row.run = join_text(runs, ", ");
  if (seconds.size() < rows.size()) seconds.clear();
  row.train_seconds = mean_or_nothing(seconds);
  for (auto& [split, figures] : row.splits) figures = averaged(rows, split, figures);
  return row;
}

}  // namespace

Interval mean_over_runs(std::span<const double> shares) {
  constexpr double kLevel = 0.95;
  const auto runs = static_cast<double>(shares.size());
  const boost::math::students_t student(runs - 1);
  const double mean = mean_of(shares);
  const double reach =
      boost::math::quantile(student, (1 + kLevel) / 2) * deviation_of(shares) / std::sqrt(runs);
  return {mean, std::max(0.0, mean - reach), std::min(1.0, mean + reach), kLevel,
          "Student's t over runs"};
}

std::vector<LeaderboardRow> average_runs(std::span<const LeaderboardRow> rows) {
  std::vector<LeaderboardRow> averages;
  std::vector<bool> done(rows.size(), false);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (done[i]) continue;
    RunRows runs = {&rows[i]};
    for (std::size_t j = i + 1; j < rows.size(); ++j) {
      if (done[j] || !is_run_of(rows[j], rows[i])) continue;
      done[j] = true;
      runs.push_back(&rows[j]);
    }
    averages.push_back(runs.size() == 1 ? rows[i] : average_of(runs));
  }
  return averages;
}

}  // namespace recombine
