// Reports, and predictions on their way to one.

#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "data/storage/prediction.h"
#include "eval/leaderboard/rows.h"
#include "eval/report/evaluate_all.h"
#include "eval/report/report.h"
#include "tests/fuzz/fixtures.h"
#include "tests/fuzz/scratch.h"
#include "tests/fuzz/target.h"

namespace recombine {
namespace {

AllEvaluations evaluate_file(const std::filesystem::path& predictions) {
  std::vector<PredictionSet> sets;
  sets.emplace_back(predictions);
  return evaluate_all(fuzz_grids(), sets);
}

void read_report(std::string_view bytes) {
  const ReportSet set = read_reports(scratch_file("report/r.json", bytes));
  to_text(set);
  to_json(set);
  const std::vector<LeaderboardRow> rows = leaderboard_rows(set);
  leaderboard_markdown(rows);
  leaderboard_csv(rows);
  leaderboard_json(rows);
  leaderboard_rows(set, true);
}

std::vector<std::string> report_seeds() {
  return {to_json(evaluate_file(fuzz_predictions()).reports.front()).dump(1)};
}

/// Rows with the meta of sound ones.
void evaluate_rows(std::string_view bytes) {
  const auto file = scratch_file("evaluated/p.jsonl", bytes);
  scratch_file("evaluated/p.meta.json", read_file(meta_file(fuzz_predictions())));
  evaluate_file(file);
}

/// Sound rows with another meta.
void evaluate_meta(std::string_view bytes) {
  const auto file = scratch_file("evaluated-meta/p.jsonl", read_file(fuzz_predictions()));
  scratch_file("evaluated-meta/p.meta.json", bytes);
  evaluate_file(file);
}

}  // namespace

std::vector<FuzzTarget> report_targets() {
  return {
      {"report", read_report, report_seeds},
      {"evaluated", evaluate_rows, [] { return std::vector{read_file(fuzz_predictions())}; }},
      {"evaluated-meta", evaluate_meta,
       [] { return std::vector{read_file(meta_file(fuzz_predictions()))}; }},
  };
}

}  // namespace recombine
