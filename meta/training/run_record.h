#pragma once
// What a run leaves in its folder, written by one of its ranks.

#include <cstdint>
#include <memory>
#include <string>

#include "meta/run/open_run.h"
#include "meta/run/run_clock.h"
#include "meta/run/run_log.h"
#include "meta/run/run_state.h"
#include "meta/training/trainer.h"
#include "models/model.h"
#include "models/optimisers/optimiser.h"

namespace recombine {

/// Of other ranks than the first it writes nothing, until one of them takes over.
class RunRecord {
 public:
  /// `request` and `data` must outlive it.
  RunRecord(const TrainRequest& request, const RunData& data, std::int64_t parameters);

  bool writes() const { return writes_; }
  /// This rank writes from now on, for the first is lost: checkpoints and run.json.
  void take_over() { writes_ = true; }

  /// Goes on with the log behind `step`.
  void open_log(std::uint64_t step);
  void progress(std::uint64_t step);
  void row(const RunState& state, std::uint64_t items, const ValidationScores& scores);
  void picture(std::uint64_t step, const std::string& tag, const Png& image);
  /// Ends the progress line; everything is on disk.
  void finish_log();

  void save(const RunState& state, const Model& model, const Optimiser& optimiser);
  /// run.json.
  void write_info(const char* status, const RunState& state) const;

  /// Device seconds of this process; those of the other ranks, that are counted with them.
  double own_seconds() const { return clock_.own_seconds(); }
  void set_others_seconds(double seconds) { others_seconds_ = seconds; }

 private:
  const TrainRequest& request_;
  const RunData& data_;
  std::int64_t parameters_;
  RunClock clock_;
  std::unique_ptr<RunLog> log_;
  double others_seconds_ = 0;
  bool writes_;
};

}  // namespace recombine
