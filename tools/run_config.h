#pragma once
// The configs of a run, as its folder has them. Without Torch, so that every program can describe
// the options.

#include "generator/grids/config.h"
#include "generator/grids/split/split.h"
#include "meta/config.h"
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

}  // namespace recombine
