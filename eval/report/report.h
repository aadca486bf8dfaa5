#pragma once
// What is known about a predictor after its answers were scored: recombine.report/1
// (docs/FORMAT.md, "Reports").

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "data/family.h"
#include "data/json.h"
#include "data/storage/prediction.h"
#include "eval/scoring/comparison.h"
#include "eval/scoring/scores.h"
#include "eval/tables/table.h"

namespace recombine {

/// "color" -> "colour": how tables call a figure.
std::string figure_label(std::string_view name);

struct Report {
  Predictor predictor;
  std::string family{kGrids.name};
  std::vector<std::pair<std::string, SplitScores>> splits;

  /// Of the one split, or a SHA-256 over those of all splits.
  std::string data_digest() const;
};

/// Predictors side by side, with a comparison of each two that answered the same data set.
struct ReportSet {
  std::vector<Report> reports;
  std::vector<Comparison> comparisons;

  /// Puts the other set behind this one.
  void append(const ReportSet& other);
};

Json to_json(const Report& report);

/// One report as it is; several as {"schema": "recombine.reports/1", "reports": [...],
/// "comparisons": [...]}.
Json to_json(const ReportSet& set);

/// What a file of to_json() holds; throws DataError, naming the file, for another.
ReportSet read_reports(const std::filesystem::path& file);

/// Tables for people: a line a split, then the groups of every factor and split.
std::vector<Table> report_tables(const Report& report);

/// The answers that could not be read, of all splits; no rows where there are none.
Table unread_table(const Report& report);
/// A line a comparison.
Table comparison_table(std::span<const Comparison> comparisons);
/// How to read that table.
std::string comparison_reading();

/// The first tables, and why answers were invalid.
std::string to_text(const Report& report, int width = 0);
/// All reports, then the comparisons.
std::string to_text(const ReportSet& set, int width = 0);

}  // namespace recombine
