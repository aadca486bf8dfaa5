// From a baseline of facts to a prediction file.

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/prediction_parts.h"
#include "eval/baselines/fact_baseline.h"
#include "eval/scoring/fact_world.h"

namespace recombine {
namespace {

FactSet training_set_beside(const FactSet& data, std::string_view name) {
  const auto folder = training_folder(data.folder());
  require_data(folder.has_value(), data.folder().string(), ": ", name,
               " learns from the set 'train' beside it, which is not there; answer a set in the "
               "folder that `recombine generate facts` made");
  FactSet train(*folder);
  require_data(train.records().vocabulary == data.records().vocabulary, folder->string(),
               ": is of another world than ", data.folder().string(),
               ": it has other tokens; put sets of one world beside each other");
  return train;
}

}  // namespace

void write_baseline(const FactBaseline& baseline,
                    const FactSet& data,
                    const FactBaselineRun& run,
                    const std::filesystem::path& out,
                    const std::function<void(std::size_t done)>& on_item) {
  const FactVocabulary& vocabulary = data.records().vocabulary;
  const FactAnswerer answerer = baseline.learn(training_set_beside(data, baseline.name));
  PredictionMeta meta;
  meta.predictor.kind = "baseline";
  meta.predictor.name = baseline.name;
  meta.data_digest = data.manifest().digest;
  meta.family = FactRecords::kFamily;
  meta.split = run.split;
  meta.part = run.part;
  const PartItems items = items_of(run.part, plan_items(data, run.limit, meta));
  meta.planned = items.size();
  PredictionWriter writer(out, meta);
  std::size_t done = 0;
  for (std::size_t i = items.begin; i < items.end; ++i) {
    const FactItem item = data[i];
    Prediction prediction;
    prediction.item = item.id;
    const auto answer = answerer({item.question(), item.answer().size()});
    if (answer) {
      prediction.text = vocabulary.text(*answer);
    } else {
      prediction.invalid = baseline.no_answer;
    }
    writer.write(prediction);
    if (on_item) on_item(++done);
  }
  writer.finish();
}

}  // namespace recombine
