// Reports, and predictions on their way to one.

#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "data/storage/prediction.h"
#include "eval/drawing/chart.h"
#include "eval/drawing/curves.h"
#include "eval/leaderboard/rows.h"
#include "eval/page/collect.h"
#include "eval/page/learning.h"
#include "eval/page/traces.h"
#include "eval/report/evaluate_all.h"
#include "eval/report/report.h"
#include "eval/scoring/reading_notes.h"
#include "eval/suite/matrix.h"
#include "eval/suite/result.h"
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

/// The texts of answers beside predictions, in both forms.
void read_texts(const std::string& ending, std::string_view bytes) {
  scratch_file("texts" + ending + "/p" + ending, bytes);
  AnswerTexts::beside(scratch_folder() / ("texts" + ending) / "p.jsonl").find("e0", 0);
}

/// A report of a suite, and the matrix that leaderboard makes of it.
void read_suite_report(std::string_view bytes) {
  const auto results = read_suite_results(scratch_file("suite-report/r.json", bytes));
  suite_results_json(results);
  const SuiteMatrix matrix = suite_matrix(results);
  matrix_markdown(matrix);
  matrix_csv(matrix);
  matrix_json(matrix);
}

std::vector<std::string> suite_report_seeds() {
  const SuiteResult result{"v1", "depth-6", "depth",
                           true, "by hand", evaluate_file(fuzz_predictions()).reports.front()};
  return {suite_results_json(std::vector{result}).dump(1)};
}

/// What `recombine trace` wrote, as a page shows it.
void read_trace_file(std::string_view bytes) {
  const auto folder = scratch_file("trace/trace.json", bytes).parent_path();
  trace_html(read_trace(folder, "run"));
}

/// A run that a page shows: its run.json, beside a log of its validations.
void read_run_file(std::string_view bytes) {
  const auto folder = scratch_file("run/run.json", bytes).parent_path();
  scratch_file("run/metrics.jsonl",
               R"({"step":10,"validation":{"val_id":{"exact":0.5},"val_ood":{"exact":0.25}}})"
               "\n");
  const std::vector<std::string> places = {folder.string()};
  learning_html(collect(find_files(places), EvaluateConfig{}).page.runs);
}

/// The log of a run, as curves and pages draw it.
void draw_metrics(std::string_view bytes) {
  const auto folder = scratch_file("curves/metrics.jsonl", bytes).parent_path();
  const std::vector<Curve> curves = read_curves(folder, "exact", {});
  curve_table(curves);
  for (const bool logarithmic : {false, true})
    scene_svg(curves_scene(curves, "exact", logarithmic), {.cell = kChartCell});
}

}  // namespace

std::vector<FuzzTarget> report_targets() {
  const auto texts_target = [](const std::string& name, const std::string& ending,
                               const std::string& seed) {
    return FuzzTarget{name, [ending](std::string_view bytes) { read_texts(ending, bytes); },
                      [seed] { return std::vector{seed}; }};
  };
  return {
      texts_target(
          "readings", ".readings.json",
          R"({"tokens":{"asked":7,"answered":2},"cost":0.5,"answers":[{"item":"e0","query":0,"strictness":"plain","text":"[[0]]"}]})"),
      texts_target("answer-texts", ".texts.jsonl",
                   R"({"item":"e0","query":0,"rung":"plain","text":"[[0]]"})"
                   "\n"),
      {"suite-report", read_suite_report, suite_report_seeds},
      {"trace", read_trace_file,
       [] {
         return std::vector<std::string>{R"({"schema":"recombine.trace/1","run":"r","sets":[]})"};
       }},
      {"run", read_run_file,
       [] {
         return std::vector<std::string>{
             R"({"model":"fast","parameters":318842,"step":10,"steps":20,"wall_seconds":3.5,"device":"cpu","status":"finished"})"};
       }},
      {"curves", draw_metrics,
       [] {
         return std::vector<std::string>{
             "{\"step\":10,\"validation\":{\"val_id\":{\"exact\":0.5}}}\n"
             "{\"step\":20,\"validation\":{\"val_id\":{\"exact\":0.75},\"val_ood\":{\"exact\":"
             "0}}}\n"};
       }},
      {"report", read_report, report_seeds},
      {"evaluated", evaluate_rows, [] { return std::vector{read_file(fuzz_predictions())}; }},
      {"evaluated-meta", evaluate_meta,
       [] { return std::vector{read_file(meta_file(fuzz_predictions()))}; }},
  };
}

}  // namespace recombine
