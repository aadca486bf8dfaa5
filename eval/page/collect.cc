#include "eval/page/collect.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/progress.h"
#include "data/storage/file.h"
#include "data/storage/prediction_parts.h"
#include "data/text.h"
#include "eval/report/paired_answers.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

bool same_predictor(const Report& report, const Predictor& predictor, const std::string& family) {
  return report.family == family && to_json(report.predictor) == to_json(predictor);
}

/// The scores of a report on the set of this name; the end where it has none.
auto scores_on(const Report& report, const std::string& split) {
  return std::ranges::find(report.splits, split, [](const auto& scored) { return scored.first; });
}

/// Whether they are of one predictor, and no set has other scores in one than in the other.
bool fit(const Report& a, const Report& b) {
  return same_predictor(a, b.predictor, b.family) &&
         std::ranges::all_of(b.splits, [&](const auto& split) {
           const auto known = scores_on(a, split.first);
           return known == a.splits.end() || *known == split;
         });
}

/// Each comparison once, and one report of what several say of one predictor: `evaluate` may have
/// been called set by set.
ReportSet joined(const ReportSet& all) {
  ReportSet once;
  std::vector<int> places;
  for (const Report& report : all.reports) {
    auto known =
        std::ranges::find_if(once.reports, [&](const Report& other) { return fit(other, report); });
    places.push_back(static_cast<int>(known - once.reports.begin()));
    if (known == once.reports.end())
      known = once.reports.insert(known, {report.predictor, report.family, {}});
    for (const auto& split : report.splits) {
      if (scores_on(*known, split.first) == known->splits.end()) known->splits.push_back(split);
    }
  }
  for (Comparison comparison : all.comparisons) {
    for (int& report : comparison.reports) report = places.at(static_cast<std::size_t>(report));
    const auto known = std::ranges::find_if(once.comparisons, [&](const Comparison& other) {
      return other.reports == comparison.reports && other.split == comparison.split;
    });
    if (known == once.comparisons.end()) once.comparisons.push_back(std::move(comparison));
  }
  return once;
}

PageRun run_of(const std::string& folder, const std::string& name) {
  PageRun run{name, Json::object(), {}, config_without_seed(folder)};
  const Json json = try_parse_json(read_file(fs::path(folder) / "run.json"));
  require_data(json.is_object(), folder, "/run.json: is not the file of a run");
  for (const char* key :
       {"model", "parameters", "step", "steps", "wall_seconds", "device", "status"}) {
    if (json.contains(key)) run.about[key] = json[key];
  }
  const fs::path metrics = fs::path(folder) / "metrics.jsonl";
  const bool validated =
      fs::exists(metrics) && read_file(metrics).find("\"exact\"") != std::string::npos;
  if (validated) run.curves = read_curves(folder, "exact", {});
  return run;
}

/// The folder of the set that was answered; of several that are alike the one of its name.
std::optional<fs::path> set_of(const FoundFiles& found, const PredictionMeta& meta) {
  std::optional<fs::path> folder;
  const auto [begin, end] = found.sets.equal_range(meta.data_digest);
  for (auto entry = begin; entry != end; ++entry) {
    if (!folder || entry->second.filename() == meta.split) folder = entry->second;
  }
  return folder;
}

/// The report that scores these answers.
std::optional<std::size_t> report_of(const ReportSet& set, const PredictionMeta& meta) {
  for (std::size_t i = 0; i < set.reports.size(); ++i) {
    if (!same_predictor(set.reports[i], meta.predictor, meta.family)) continue;
    const bool scored = std::ranges::any_of(set.reports[i].splits, [&](const auto& split) {
      return split.second.data_digest == meta.data_digest &&
             (split.first == meta.split || meta.split.empty());
    });
    if (scored) return i;
  }
  return std::nullopt;
}

/// Scores of those that no report has.
ReportSet score(const FoundFiles& found,
                std::vector<PredictionSet>& unscored,
                const EvaluateConfig& config) {
  AllEvaluations all;
  for (const PredictionSet& predicted : unscored) {
    const fs::path folder = *set_of(found, predicted.meta());
    JudgedSet judged{
        folder.string(), read_manifest(folder).family, folder.filename().string(), 0, {}, {}};
    const auto known = std::ranges::find_if(all.reports, [&](const Report& report) {
      return same_predictor(report, predicted.meta().predictor, judged.family) &&
             std::ranges::find(report.splits, judged.split, [](const auto& split) {
               return split.first;
             }) == report.splits.end();
    });
    judged.report = static_cast<std::size_t>(known - all.reports.begin());
    if (known == all.reports.end())
      all.reports.push_back({predicted.meta().predictor, judged.family, {}});
    Evaluation evaluation = open_set(folder, [&](const auto& data) {
      return evaluate(data, predicted, config,
                      [](std::size_t) { check_interrupted("nothing was written; run it again"); });
    });
    all.reports[judged.report].splits.emplace_back(judged.split, std::move(evaluation.scores));
    judged.outcomes = std::move(evaluation.outcomes);
    all.judged.push_back(std::move(judged));
  }
  ReportSet set;
  set.comparisons = compare_all(unscored, all, config);
  set.reports = std::move(all.reports);
  return set;
}

void add_answers(CollectedPage& collected, const FoundFiles& found) {
  for (const PredictionSet& predicted : collected.predictions) {
    const auto folder = set_of(found, predicted.meta());
    const auto report = report_of(collected.page.reports, predicted.meta());
    if (!folder || !report) continue;
    auto& sets = collected.page.sets;
    const auto known = std::ranges::find(sets, *folder, &PageSet::folder);
    PageSet& set = known != sets.end()
                       ? *known
                       : sets.emplace_back(PageSet{*folder, folder->filename().string(), {}});
    set.answers.push_back({&predicted, *report, nullptr});
  }
}

}  // namespace

CollectedPage collect(const FoundFiles& found, const EvaluateConfig& config) {
  CollectedPage collected;
  ReportSet all;
  for (const fs::path& file : found.reports) all.append(read_reports(file));
  std::vector<PredictionSet> unscored;
  for (const PredictionFiles& parts : group_parts(found.predictions)) {
    PredictionSet predicted(parts);
    if (config.queries == "first") predicted.count_first_queries();
    const bool scored = report_of(all, predicted.meta()).has_value();
    if (!scored && set_of(found, predicted.meta())) {
      unscored.push_back(std::move(predicted));
    } else {
      collected.predictions.push_back(std::move(predicted));
    }
  }
  if (!unscored.empty()) all.append(score(found, unscored, config));
  for (PredictionSet& predicted : unscored) collected.predictions.push_back(std::move(predicted));
  collected.page.reports = joined(all);
  collected.page.rows = leaderboard_rows(collected.page.reports);
  collected.page.questions = static_cast<std::size_t>(config.gallery);
  add_answers(collected, found);
  const auto names = short_names(found.runs);
  for (std::size_t i = 0; i < names.size(); ++i)
    collected.page.runs.push_back(run_of(found.runs[i], names[i]));
  const auto traces = short_names(found.traces);
  for (std::size_t i = 0; i < traces.size(); ++i)
    collected.page.traces.push_back(read_trace(found.traces[i], traces[i]));
  return collected;
}

}  // namespace recombine
