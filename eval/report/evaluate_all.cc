#include "eval/report/evaluate_all.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/scoring/family.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// The place of the predictor's report, which is made where there is none.
std::size_t report_for(std::vector<Report>& reports,
                       const Predictor& predictor,
                       const std::string& family) {
  const Json json = to_json(predictor);
  const auto place = std::ranges::find_if(reports, [&](const Report& report) {
    return report.family == family && to_json(report.predictor) == json;
  });
  const auto index = static_cast<std::size_t>(place - reports.begin());
  if (place == reports.end()) reports.push_back({predictor, family, {}});
  return index;
}

}  // namespace

AllEvaluations evaluate_all(const fs::path& folder,
                            std::span<const PredictionSet> prediction_sets,
                            const EvaluateConfig& config,
                            const OnItem& on_item) {
  AllEvaluations all;
  for (const PredictionSet& predicted : prediction_sets) {
    JudgedSet judged;
    judged.set = answered_set(folder, predicted);
    judged.split = split_name(folder, judged.set);
    judged.family = read_manifest(folder / judged.set).family;
    judged.report = report_for(all.reports, predicted.meta().predictor, judged.family);
    Report& report = all.reports[judged.report];
    for (const auto& [known, scores] : report.splits) {
      require_data(known != judged.split, predicted.file(), ": ", report.predictor.name,
                   " answers ", judged.split, " in another file already; give one file a split");
    }
    Evaluation evaluation = open_set(folder / judged.set, [&](const auto& data) {
      return evaluate(data, predicted, config, on_item);
    });
    report.splits.emplace_back(judged.split, std::move(evaluation.scores));
    judged.outcomes = std::move(evaluation.outcomes);
    judged.examples = std::move(evaluation.examples);
    all.judged.push_back(std::move(judged));
  }
  return all;
}

}  // namespace recombine
