// From a baseline to a prediction file.

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/storage/hash.h"
#include "data/storage/prediction_parts.h"
#include "eval/baselines/baseline.h"
#include "eval/census/grids.h"
#include "generator/writer/in_order.h"

namespace recombine {
namespace {

constexpr std::string_view kNoStudy = "no study pair";

void count_silence(Silence& silence, const std::vector<Prediction>& predictions) {
  if (!predictions.empty() && predictions.front().invalid == kNoStudy) {
    ++silence.without_study;
    return;
  }
  silence.queries += static_cast<std::size_t>(std::ranges::count_if(
      predictions, [](const Prediction& prediction) { return !prediction.output.has_value(); }));
}

}  // namespace

std::vector<Prediction> predict_episode(const BaselineEntry& baseline,
                                        const Episode& episode,
                                        const RuleSpace& rules,
                                        std::uint64_t seed) {
  Task task{episode.study, {}, seed, xxh3(episode.id), &rules};
  for (const Example& query : episode.queries) {
    task.inputs.push_back(query.input);
    task.roles.push_back(query.roles);
  }
  const Answers answers = baseline.answer(task);
  std::vector<Prediction> predictions;
  for (std::size_t query = 0; query < answers.size(); ++query) {
    Prediction prediction;
    prediction.item = episode.id;
    prediction.query = static_cast<int>(query);
    prediction.output = answers[query];
    if (!answers[query]) prediction.invalid = episode.study.empty() ? kNoStudy : baseline.no_answer;
    predictions.push_back(std::move(prediction));
  }
  return predictions;
}

Silence write_baseline(const BaselineEntry& baseline,
                       const EpisodeSet& data,
                       const BaselineRun& run,
                       const std::filesystem::path& out,
                       const std::function<void(std::size_t done)>& on_episode) {
  // Of an import they are found by reading all of it.
  const RuleSpace rules = baseline.by_rules ? rules_known_of(data) : RuleSpace{};
  PredictionMeta meta;
  meta.predictor.kind = "baseline";
  meta.predictor.name = baseline.name;
  meta.predictor.details["seed"] = run.seed;
  meta.data_digest = data.manifest().digest;
  meta.split = run.split;
  meta.part = run.part;
  const PartItems items = items_of(run.part, plan_items(data, run.limit, meta));
  for (std::size_t i = items.begin; i < items.end; ++i) meta.planned += data[i].queries.size();
  PredictionWriter writer(out, meta);
  Silence silence;
  run_in_order(items.size(), run.threads, [&](std::size_t i) {
    const auto predictions = predict_episode(baseline, data[items.begin + i], rules, run.seed);
    return [&, i, predictions] {
      for (const Prediction& prediction : predictions) writer.write(prediction);
      count_silence(silence, predictions);
      if (on_episode) on_episode(i + 1);
    };
  });
  writer.finish();
  return silence;
}

}  // namespace recombine
