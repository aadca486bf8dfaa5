#pragma once
// Time that a run has taken, over all its attempts.

#include <chrono>
#include <ctime>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "meta/run/run_folder.h"

namespace recombine {

class RunClock {
 public:
  /// Goes on from what run.json of an earlier attempt says; `cpu`: the device is the CPU.
  RunClock(const RunFolder& run, bool cpu)
      : cpu_(cpu), begin_(Clock::now()), begin_cpu_(std::clock()) {
    if (!std::filesystem::exists(run.info())) return;
    const Json info = run.read_info();
    wall_before_ = info.value("wall_seconds", 0.0);
    device_before_ = info.value("device_seconds", 0.0);
  }

  double wall_seconds() const { return wall_before_ + elapsed(); }

  /// On the CPU the processor seconds of all threads, on a GPU the time for which it was held; with
  /// the `others` of other ranks.
  double device_seconds(double others) const { return device_before_ + own_seconds() + others; }
  /// Those of this process alone.
  double own_seconds() const {
    return cpu_ ? static_cast<double>(std::clock() - begin_cpu_) / CLOCKS_PER_SEC : elapsed();
  }

 private:
  using Clock = std::chrono::steady_clock;

  double elapsed() const { return std::chrono::duration<double>(Clock::now() - begin_).count(); }

  bool cpu_;
  Clock::time_point begin_;
  std::clock_t begin_cpu_;
  double wall_before_ = 0;
  double device_before_ = 0;
};

}  // namespace recombine
