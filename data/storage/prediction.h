#pragma once
// Answers of a model, a baseline or an LLM to the queries of a data set: JSON lines with
// P.meta.json beside them (docs/FORMAT.md, "Predictions").

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/family.h"
#include "data/grid.h"
#include "data/predictor.h"
#include "data/storage/manifest.h"

namespace recombine {

/// One answer. `output` is empty where there is none; `invalid` then says why ("" otherwise).
struct Prediction {
  std::string item;
  int query = 0;
  std::optional<Grid> output;
  std::string text;  ///< answer of a fact item; "" for grids
  std::string invalid;
  std::optional<double> log_probability;
  std::string forced;  ///< of a fact item: the arg-max token at each place of the answer, after the
                       ///< true tokens before it (teacher forcing); "": not known
};

/// Which of several files a file of predictions is, each of which answers a part of the items.
struct PredictionPart {
  int number = 0;
  int of = 1;  ///< 1: the file answers all

  friend bool operator==(const PredictionPart&, const PredictionPart&) = default;
};

/// What P.meta.json holds.
struct PredictionMeta {
  Predictor predictor;
  std::string data_digest;          ///< of the data set that was answered
  std::string family{kGrids.name};  ///< of that data set; rows of facts have "forced", but for
                                    ///< those of kind "llm"
  std::string split;                ///< name of its folder: "test_ood"
  std::uint64_t planned = 0;        ///< queries that were to be answered: the denominator
  std::vector<std::string> planned_items;  ///< empty: every item of the set
  int queries_per_item = 0;                ///< 0: all; 1: the first alone
  bool copies = false;                     ///< whether the study pairs of an episode were asked
                                           ///< again, as queries behind its own; never planned
  std::string date;                        ///< "2025-01-31": the day, UTC, on which they were made
  std::string note;                        ///< what a reader of their score must know; "": nothing
  PredictionPart part;                     ///< `planned` counts the part's queries alone
};

/// As P.meta.json has it.
Json to_json(const PredictionMeta& meta);

/// Writes predictions one by one; the file appears, with its meta beside it, on finish(), where
/// both can be written; readings of what stood there before go. A meta without a date gets that
/// day's.
class PredictionWriter {
 public:
  PredictionWriter(const std::filesystem::path& file, PredictionMeta meta);
  ~PredictionWriter();
  PredictionWriter(const PredictionWriter&) = delete;
  PredictionWriter& operator=(const PredictionWriter&) = delete;

  void write(const Prediction& prediction);
  void finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A file that belongs to predictions: their name, less a ".jsonl", ".jsonl.gz" or ".jsonl.zst" at
/// its end, then `ending`. So
/// "p.v1" and "p.v2" have files of their own.
std::filesystem::path file_beside(const std::filesystem::path& predictions,
                                  std::string_view ending);

/// "answers.jsonl" -> "answers.meta.json".
std::filesystem::path meta_file(const std::filesystem::path& predictions);

/// "answers.jsonl" -> "answers.readings.json": how a language model's answers were read.
std::filesystem::path readings_file(const std::filesystem::path& predictions);

/// Throws DataError where the predictions or their meta exist and `force` is not given.
void refuse_existing_predictions(const std::filesystem::path& predictions, bool force);

/// Both throw DataError, naming file and line, for what is not a prediction file.
PredictionMeta read_prediction_meta(const std::filesystem::path& predictions);
std::vector<Prediction> read_predictions(const std::filesystem::path& predictions);

}  // namespace recombine
