#include "data/screen/progress_line.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace recombine {
namespace {

std::string duration_text(double seconds) {
  const long whole = std::lround(seconds);
  std::array<char, 48> text{};
  if (whole >= 3600) {
    std::snprintf(text.data(), text.size(), "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60,
                  whole % 60);
  } else {
    std::snprintf(text.data(), text.size(), "%ld:%02ld", whole / 60, whole % 60);
  }
  return text.data();
}

std::string rate_text(double rate) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), rate < 10 ? "%.2f" : "%.0f", rate);
  return text.data();
}

std::string bar_text(std::uint64_t done, std::uint64_t total) {
  constexpr std::uint64_t kWidth = 24;
  const auto share = static_cast<double>(std::min(done, total)) / static_cast<double>(total);
  const auto filled = static_cast<std::size_t>(share * kWidth);
  std::string text = "[";
  return text.append(filled, '#').append(kWidth - filled, '.').append("] ");
}

std::string counts_text(const ProgressState& state) {
  const auto since = static_cast<double>(state.done - std::min(state.since, state.done));
  const double rate = state.seconds > 0 ? since / state.seconds : 0;
  std::string text = std::to_string(state.done);
  if (state.total > 0) text.append("/").append(std::to_string(state.total));
  text.append(" ").append(state.unit).append(", ").append(rate_text(rate)).append("/s");
  if (state.finished) {
    text += ", " + duration_text(state.seconds);
  } else if (state.total > state.done && rate > 0) {
    text += ", " + duration_text(static_cast<double>(state.total - state.done) / rate) + " left";
  }
  if (!state.figure.empty()) text += ", " + state.figure;
  return text;
}

/// Characters of UTF-8.
std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U; }));
}

}  // namespace

std::string progress_line(const ProgressState& state, bool bar, int width) {
  const std::string begin = state.what + " ";
  const std::string counts = counts_text(state);
  const std::string drawn = bar && state.total > 0 ? bar_text(state.done, state.total) : "";
  const std::string trend = state.trend.empty() ? "" : " " + state.trend;
  const auto fits = [&](const std::string& line) {
    return width <= 0 || length_of(line) <= static_cast<std::size_t>(width);
  };
  std::string line = begin + drawn;
  line += counts;
  std::string whole = line + trend;
  if (fits(whole)) return whole;
  if (fits(line)) return line;
  line = begin + counts;
  // Cut between characters.
  while (!fits(line)) {
    while ((static_cast<unsigned char>(line.back()) & 0xc0U) == 0x80U) line.pop_back();
    line.pop_back();
  }
  return line;
}

std::string sparkline(std::span<const double> values, std::size_t most) {
  static constexpr std::array<const char*, 8> kBlocks = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  std::string line;
  for (const double value : values.last(std::min(most, values.size()))) {
    if (std::isnan(value)) {
      line += " ";
      continue;
    }
    const double height = std::clamp(value, 0.0, 1.0) * (kBlocks.size() - 1);
    line += kBlocks.at(static_cast<std::size_t>(std::lround(height)));
  }
  return line;
}

}  // namespace recombine
