#pragma once
// The learning rate as a function of the step alone.

#include <algorithm>
#include <cstdint>

#include "meta/config.h"

namespace recombine {

inline double chained_scale(const TrainConfig& config, std::uint64_t step) {
  constexpr double kFirst = 1e-4;
  const auto epochs = static_cast<std::uint64_t>(config.epochs);
  const std::uint64_t over = std::min(step * epochs / config.steps, epochs - 1);
  const double way = epochs == 1 ? 0 : static_cast<double>(over) / static_cast<double>(epochs - 1);
  const double rise =
      config.warmup == 0
          ? 1
          : std::min(1.0, static_cast<double>(step) / static_cast<double>(config.warmup));
  return (kFirst + (1 - kFirst) * rise) * (1 - (1 - config.final_lr) * way);
}

/// Part of the peak learning rate that update `step` (from 0) of `config.steps` uses: rises over
/// the warm-up from 1/warmup to 1, then falls on a straight line to `final_lr`, which the last step
/// has. The schedule `constant` rises from 0 at update 0 to 1 at update `warmup` and stays. The
/// schedule `chained` is the product of two (as published): a rise by the update, from 1e-4 at
/// update 0 to 1 at update `warmup`, and a fall by the epochs that are over, to `final_lr` in the
/// last.
inline double learning_rate_scale(const TrainConfig& config, std::uint64_t step) {
  if (config.schedule == "chained") return chained_scale(config, step);
  const auto at = static_cast<double>(std::min(step, config.steps - 1));
  if (config.schedule == "constant") {
    return config.warmup == 0
               ? 1.0
               : std::min(1.0, static_cast<double>(step) / static_cast<double>(config.warmup));
  }
  const auto warmup = static_cast<double>(std::min(config.warmup, config.steps));
  if (at < warmup) return (at + 1) / warmup;
  const double last = static_cast<double>(config.steps) - 1;
  const double way = last > warmup ? (at - warmup) / (last - warmup) : 1.0;
  return 1 - (1 - config.final_lr) * way;
}

}  // namespace recombine
