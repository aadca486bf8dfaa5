#pragma once
// What a run tells its reader while it goes: metrics.jsonl, TensorBoard, the progress line.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "data/progress.h"
#include "data/storage/event_file.h"
#include "meta/config.h"
#include "meta/run/run_folder.h"
#include "meta/run/run_state.h"
#include "meta/validation/validation.h"

namespace recombine {

/// By name of the set, in the order in which they are shown.
using ValidationScores = std::vector<std::pair<std::string, Scores>>;

/// Not thread-safe.
class RunLog {
 public:
  /// Goes on after `step`: later rows of an earlier attempt are removed.
  RunLog(const RunFolder& run, const TrainConfig& config, std::uint64_t step, bool quiet);

  /// A row of metrics.jsonl for the steps of `state`, `items` and `seconds` into the run; `scores`
  /// may be empty.
  void row(const RunState& state,
           std::uint64_t items,
           double seconds,
           const ValidationScores& scores);
  void picture(std::uint64_t step, const std::string& tag, const Png& image);
  void text(const std::string& tag, const std::string& text);
  /// What viewers compare runs by: the values of [model] and [train] in `config`, the text of a
  /// config.ini, and the tags of scalars that are the runs' outcome.
  void hyper_parameters(const std::string& config, const std::vector<std::string>& metrics);
  /// Moves the progress line.
  void progress(std::uint64_t step);
  /// Writes what TensorBoard has been told to disk.
  void flush();
  /// Ends the progress line and writes everything to disk.
  void finish();

 private:
  std::string figure() const;

  RunFolder run_;
  TrainConfig config_;
  EventFile events_;
  Progress progress_;
  double loss_ = 0;
  ValidationScores last_scores_;
};

}  // namespace recombine
