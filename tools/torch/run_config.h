#pragma once
// The configs of a run, as its folder has them.

#include <string>

#include "generator/grids/config.h"
#include "generator/grids/split/split.h"
#include "meta/config.h"
#include "meta/run/run_folder.h"
#include "models/config.h"
#include "tools/options.h"

namespace recombine {

/// What config.ini of a run holds.
struct RunConfig {
  TrainConfig train;
  ModelConfig model;
  GridConfig grids;
  SplitConfig split;

  /// Binds the sections; `options` must not outlive this.
  void bind(Options& options);
  /// Throws InputError, naming the option at fault.
  void validate() const;
  /// Throws InputError where the command line sets an option of [train] or [model] that the chosen
  /// model does not read. Files may, for they are laid over each other.
  void refuse_unread(const Options& options) const;
};

/// Throws DataError where the folder is no run or its config.ini was damaged.
void read_run_config(const RunFolder& run, RunConfig& config);

/// `given`, which is bound to `options`, becomes the run's own config. Throws InputError, naming
/// the first, where the command line or a file sets an option that the run has otherwise: a run
/// keeps its options.
void resume_config(const RunFolder& run, const Options& options, RunConfig& given);

}  // namespace recombine
