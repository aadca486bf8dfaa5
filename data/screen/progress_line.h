#pragma once
// How far some work is, as a line.

#include <cstdint>
#include <span>
#include <string>

namespace recombine {

struct ProgressState {
  std::string what;
  std::string unit;
  std::uint64_t done = 0;
  std::uint64_t total = 0;  ///< 0: unknown
  double seconds = 0;       ///< since it began
  std::uint64_t since = 0;  ///< what was done when it began
  std::string figure = {};  ///< the main figure so far; may be empty
  std::string trend = {};   ///< sparkline() of it; may be empty
  bool finished = false;    ///< the time that it took, where else the time that is left
};

/// "train [####....] 40/120 steps, 8.00/s, 0:10 left, loss 0.71, val_ood 12.0 % ▁▂▄". `bar`: draw
/// it. Of a line with more than `width` characters first the trend goes, then the bar, then the
/// end; 0: nothing goes.
std::string progress_line(const ProgressState& state, bool bar, int width);

/// A block a value, the higher the larger, from 0 to 1; what is beyond is drawn at an end, and what
/// is no number as a space. Of more than `most` values the last ones. UTF-8.
std::string sparkline(std::span<const double> values, std::size_t most);

}  // namespace recombine
