#include <algorithm>
#include <unordered_map>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/json_list.h"
#include "data/storage/dataset.h"
#include "data/storage/prediction.h"
#include "eval/llm/results/results.h"
#include "eval/scoring/evaluation.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// The text under one of two spellings of a key, without white space.
std::string text_under(const Json& row, const char* key, const char* other) {
  const auto place = row.contains(key) ? row.find(key) : row.find(other);
  require_data(place != row.end() && place->is_string(), "has no text \"", key, "\"");
  std::string text = place->get<std::string>();
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; });
  return text;
}

/// What was said to each question, by the item's id.
using Said = std::unordered_map<std::string, std::string>;

void read_row(const Json& row, const FactVocabulary& vocabulary, Said& said) {
  require_data(row.is_object(), "is no object");
  const std::string question = text_under(row, "input_text", "input text");
  std::string output = text_under(row, "model_output", "model output");
  const auto tokens = vocabulary.parse(question);
  if (!tokens) return;  // of another world, whose items are none of the set's
  // The published network repeats the question.
  if (output.starts_with(question)) output.erase(0, question.size());
  const std::string id = vocabulary.id(*tokens);
  const auto [place, fresh] = said.try_emplace(id, output);
  require_data(fresh || place->second == output, "answers ", question,
               ", which a row before it answers otherwise");
}

Said read_results(const fs::path& file, const FactVocabulary& vocabulary, std::uint64_t& rows) {
  Said said;
  for_each_element(file, [&](const Json& row, std::uint64_t) {
    read_row(row, vocabulary, said);
    ++rows;
  });
  return said;
}

PredictionMeta meta_of(const ResultsJob& job, const FactSet& data) {
  PredictionMeta meta;
  meta.predictor.kind = "model";
  meta.predictor.name = results_name(job);
  meta.data_digest = data.manifest().digest;
  meta.family = FactRecords::kFamily;
  meta.split = split_name(job.data, "");
  meta.planned = data.size();
  return meta;
}

}  // namespace

FactResults import_fact_results(const ResultsJob& job) {
  require(job.in.size() == 1 && !fs::is_directory(job.in.front()),
          "--responses: give one all_items.json; each checkpoint is a predictor of its own");
  require(
      job.repeats == ResultsJob{}.repeats,
      "--repeats: is for answers of language models; a file of a network has one to a question");
  refuse_existing_predictions(job.out, job.force);
  const FactSet data(job.data);
  const fs::path& file = job.in.front();
  FactResults results;
  std::uint64_t rows = 0;
  const Said said = read_results(file, data.records().vocabulary, rows);
  PredictionWriter writer(job.out, meta_of(job, data));
  for (const FactItem& item : data) {
    ++results.planned;
    const auto place = said.find(item.id);
    if (place == said.end()) continue;
    ++results.answered;
    Prediction prediction;
    prediction.item = item.id;
    prediction.text = place->second;
    if (prediction.text.empty()) prediction.invalid = "no output";
    writer.write(prediction);
  }
  require_data(results.answered > 0, file.string(), ": no row answers an item of ",
               job.data.string());
  results.other = rows - std::min(rows, results.answered);
  writer.finish();
  return results;
}

}  // namespace recombine
