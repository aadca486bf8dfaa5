#include "data/storage/prediction.h"

#include <cmath>
#include <limits>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/date.h"
#include "data/error.h"
#include "data/family.h"
#include "data/json_words.h"
#include "data/reading/lenient_json.h"
#include "data/storage/file.h"
#include "data/storage/prediction_row.h"
#include "data/storage/text_file.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr const char* kPredictionsSchema = "recombine.predictions/1";

Json grid_json(const Grid& grid) {
  Json rows = Json::array();
  for (int row = 0; row < grid.side(); ++row) {
    Json cells = Json::array();
    for (int col = 0; col < grid.side(); ++col) cells.push_back(grid(row, col));
    rows.push_back(std::move(cells));
  }
  return rows;
}

Grid grid_of(const Json& rows) {
  const auto side = static_cast<int>(rows.size());
  require_data(side >= 1 && side <= kMaxSide, "output has ", rows.size(), " rows");
  Grid grid(side);
  for (int row = 0; row < side; ++row) {
    const Json& cells = rows.at(static_cast<std::size_t>(row));
    require_data(cells.is_array() && cells.size() == rows.size(), "output row ", row, " has not ",
                 side, " cells");
    for (int col = 0; col < side; ++col) {
      const Json& cell = cells.at(static_cast<std::size_t>(col));
      grid(row, col) = static_cast<Colour>(whole_number(cell, "a cell of output", kColours - 1));
    }
  }
  return grid;
}

Json text_json(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

const Json& value_of(const Json& row, const char* key) {
  const auto place = row.find(key);
  require_data(place != row.end(), "no \"", key, "\"");
  return *place;
}

void require_type(bool fits, const char* key, const char* wanted, const Json& value) {
  require_data(fits, "\"", key, "\" must be ", wanted, "; it is of JSON's type ",
               value.type_name());
}

/// The text under `key`; "" for null.
std::string text_of(const Json& row, const char* key) {
  const Json& value = value_of(row, key);
  require_type(value.is_null() || value.is_string(), key, "a text or null", value);
  return value.is_null() ? "" : value.get<std::string>();
}

Json prediction_json(const Prediction& prediction, bool forced) {
  Json row = {{"item", prediction.item}, {"query", prediction.query}};
  row["output"] = prediction.output ? grid_json(*prediction.output) : text_json(prediction.text);
  if (forced) row["forced"] = text_json(prediction.forced);
  row["invalid"] = text_json(prediction.invalid);
  const auto& log_probability = prediction.log_probability;
  const bool known = log_probability && std::isfinite(*log_probability);
  row["log_probability"] = known ? Json(*log_probability) : Json(nullptr);
  return row;
}

Prediction prediction_of(const Json& row) {
  require_data(row.is_object(), "an object was expected, not JSON's type ", row.type_name());
  Prediction prediction;
  const Json& item = value_of(row, "item");
  require_type(item.is_string(), "item", "a text", item);
  prediction.item = item.get<std::string>();
  prediction.query = static_cast<int>(
      whole_number(value_of(row, "query"), "query", std::numeric_limits<int>::max()));
  const Json& output = value_of(row, "output");
  require_type(output.is_array() || output.is_string() || output.is_null(), "output",
               "a grid, a text or null", output);
  if (output.is_string()) prediction.text = output.get<std::string>();
  if (output.is_array()) prediction.output = grid_of(output);
  if (row.contains("forced")) prediction.forced = text_of(row, "forced");
  prediction.invalid = text_of(row, "invalid");
  const auto log_probability = row.find("log_probability");
  if (log_probability == row.end() || log_probability->is_null()) return prediction;
  require_type(log_probability->is_number(), "log_probability", "a number or null",
               *log_probability);
  const double value = log_probability->get<double>();
  if (std::isfinite(value)) prediction.log_probability = value;
  return prediction;
}

/// A row as programs write it: Python's json writes log-probabilities as NaN and -Infinity.
Json row_json(std::string_view line) {
  if (Json row = try_parse_json(line); !row.is_discarded()) return row;
  LenientJson read = read_lenient_json(line);
  require_data(read.good(), read.reason);
  return std::move(read.json);
}

PredictionPart part_of(const Json& json) {
  constexpr std::uint64_t kMostParts = 100000;
  const auto number = whole_number(json.at("number"), "part: number", kMostParts);
  const auto of = whole_number(json.at("of"), "part: of", kMostParts);
  require_data(number < of, "part: there is no part ", number, " of ", of);
  return {static_cast<int>(number), static_cast<int>(of)};
}

PredictionMeta meta_of(const Json& json) {
  require_data(json.at("schema") == kPredictionsSchema, "schema is not \"", kPredictionsSchema,
               "\"");
  PredictionMeta meta;
  meta.predictor = predictor_of(json.at("predictor"));
  meta.data_digest = json.at("data_digest").get<std::string>();
  meta.family = json.value("family", std::string(kGrids.name));
  meta.split = json.value("split", "");
  meta.planned = whole_or(json, "planned", 0);
  const auto queries = json.find("queries_per_item");
  if (queries != json.end()) meta.queries_per_item = whole<int>(*queries);
  meta.copies = json.value("copies", false);
  meta.date = json.value("date", "");
  meta.note = json.value("note", "");
  if (json.contains("part")) meta.part = part_of(json["part"]);
  const auto items = json.find("planned_items");
  if (items != json.end() && items->is_array()) {
    meta.planned_items = items->get<std::vector<std::string>>();
  }
  return meta;
}

}  // namespace

Json to_json(const PredictionMeta& meta) {
  Json json = {{"schema", kPredictionsSchema},
               {"predictor", to_json(meta.predictor)},
               {"data_digest", meta.data_digest},
               {"split", meta.split},
               {"planned", meta.planned},
               {"queries_per_item", meta.queries_per_item},
               {"date", meta.date.empty() ? today() : meta.date}};
  if (meta.copies) json["copies"] = true;
  if (meta.family != kGrids.name) json["family"] = meta.family;
  if (!meta.note.empty()) json["note"] = meta.note;
  if (meta.part.of > 1) json["part"] = {{"number", meta.part.number}, {"of", meta.part.of}};
  json["planned_items"] = meta.planned_items.empty() ? Json("all") : Json(meta.planned_items);
  return json;
}

struct PredictionWriter::State {
  fs::path file;
  PredictionMeta meta;
  AtomicFile rows;
};

PredictionWriter::PredictionWriter(const fs::path& file, PredictionMeta meta)
    : state_(new State{file, std::move(meta), AtomicFile(file)}) {}

PredictionWriter::~PredictionWriter() = default;

void PredictionWriter::write(const Prediction& prediction) {
  // Nobody sees what a language model would say behind the true tokens.
  const PredictionMeta& meta = state_->meta;
  const bool forced = find_family(meta.family).forced && meta.predictor.kind != "llm";
  state_->rows.write(prediction_json(prediction, forced).dump() + "\n");
}

void PredictionWriter::finish() {
  // Written before the rows get their name, and named after them: no meta speaks of rows that are
  // not there, and none of rows that it is not of, however this ends. Nor do readings.
  const fs::path name = meta_file(state_->file);
  AtomicFile meta(name);
  meta.write(to_json(state_->meta).dump(2) + "\n");
  meta.sync();
  state_->rows.sync();
  drop_file(name);
  drop_file(readings_file(state_->file));
  state_->rows.commit();
  meta.commit();
}

fs::path file_beside(const fs::path& predictions, std::string_view ending) {
  fs::path name = predictions.filename();
  const bool packed = name.extension() == ".gz" || name.extension() == ".zst";
  if (packed && name.stem().extension() == ".jsonl") name = name.stem();
  if (name.extension() == ".jsonl") name = name.stem();
  return predictions.parent_path() / (name.string() + std::string(ending));
}

fs::path meta_file(const fs::path& predictions) { return file_beside(predictions, ".meta.json"); }

fs::path readings_file(const fs::path& predictions) {
  return file_beside(predictions, ".readings.json");
}

void refuse_existing_predictions(const fs::path& predictions, bool force) {
  refuse_existing_file(predictions, force);
  const fs::path meta = meta_file(predictions);
  refuse_existing_file(meta, force);
  if (!fs::exists(meta)) return;
  for (const char* ending : {"", ".jsonl", ".jsonl.gz", ".jsonl.zst"}) {
    const fs::path other = file_beside(predictions, ending);
    require_data(other == predictions || !fs::is_regular_file(other), predictions.string(),
                 ": would take ", meta.filename().string(), " from ", other.string(),
                 ", whose answers it describes; give another name");
  }
}

PredictionMeta read_prediction_meta(const fs::path& predictions) {
  const fs::path file = meta_file(predictions);
  if (!fs::exists(file)) {
    require_data(fs::exists(predictions), predictions.string(), ": cannot be read (no such file)");
    throw DataError(cat(predictions.string(), ": lacks ", file.filename().string(),
                        " beside it, which says whose answers these are and to which data"));
  }
  const std::string text = read_text_file(file);
  try {
    return meta_of(parse_json(text));
  } catch (const Json::exception& error) {
    throw DataError(
        cat(file.string(), ": does not describe predictions (", json_words(error), ")"));
  } catch (const DataError& error) {
    throw DataError(cat(file.string(), ": ", error.what()));
  }
}

std::vector<Prediction> read_predictions(const fs::path& predictions) {
  std::vector<Prediction> all;
  for_each_line_of(predictions, [&](std::string_view line, std::uint64_t number) {
    try {
      std::optional<Prediction> row = read_plain_row(line);
      all.push_back(row ? std::move(*row) : prediction_of(row_json(line)));
    } catch (const DataError& error) {
      throw DataError(cat(predictions.string(), ":", number, ": ", error.what()));
    }
  });
  return all;
}

}  // namespace recombine
