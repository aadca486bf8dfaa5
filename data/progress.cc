#include "data/progress.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <csignal>
#include <cstdio>

#include <unistd.h>

#include "data/error.h"

namespace recombine {
namespace {

using Clock = std::chrono::steady_clock;

// A signal handler can reach nothing else.
std::atomic<bool> interrupted = false;     // NOLINT
std::atomic<bool> save_requested = false;  // NOLINT

void on_signal(int number) {
  interrupted = true;
  std::signal(number, SIG_DFL);
}

void on_hang_up(int /*number*/) { interrupted = true; }

void on_save_request(int /*number*/) { save_requested = true; }

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

}  // namespace

void catch_interrupts() {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  if (std::signal(SIGHUP, on_hang_up) == SIG_IGN) std::signal(SIGHUP, SIG_IGN);
  std::signal(SIGUSR1, on_save_request);
}

void check_interrupted(const std::string& advice) {
  if (interrupted) throw Interrupted("interrupted; " + advice);
}

bool take_save_request() { return save_requested.exchange(false); }

void outlive_readers() { std::signal(SIGPIPE, SIG_IGN); }

Progress::Progress(std::string what, std::string unit, std::uint64_t total, bool quiet)
    : what_(std::move(what)),
      unit_(std::move(unit)),
      total_(total),
      quiet_(quiet),
      terminal_(isatty(STDERR_FILENO) != 0),
      begin_(Clock::now()),
      drawn_(begin_) {}

Progress::~Progress() {
  if (!finished_ && terminal_ && !quiet_ && started_) std::fputc('\n', stderr);
}

void Progress::update(std::uint64_t done, const std::string& figure) {
  if (!started_) first_ = done;
  started_ = true;
  done_ = done;
  if (quiet_) return;
  const auto now = Clock::now();
  const auto pause = terminal_ ? std::chrono::milliseconds(200) : std::chrono::milliseconds(5000);
  if (now - drawn_ < pause) return;
  drawn_ = now;
  draw(figure, false);
}

void Progress::finish(const std::string& figure) {
  finished_ = true;
  if (!quiet_ && started_) draw(figure, true);
}

void Progress::draw(const std::string& figure, bool last) {
  const double seconds = std::chrono::duration<double>(Clock::now() - begin_).count();
  const double rate = seconds > 0 ? static_cast<double>(done_ - first_) / seconds : 0;
  std::string line = what_ + " ";
  if (total_ > 0 && terminal_) {
    constexpr std::uint64_t kWidth = 24;
    const std::uint64_t filled = std::min(done_, total_) * kWidth / total_;
    line += "[" + std::string(filled, '#') + std::string(kWidth - filled, '.') + "] ";
  }
  line += std::to_string(done_);
  if (total_ > 0) line += "/" + std::to_string(total_);
  line += " " + unit_ + ", " + rate_text(rate) + "/s";
  if (last) {
    line += ", " + duration_text(seconds);
  } else if (total_ > done_ && rate > 0) {
    line += ", " + duration_text(static_cast<double>(total_ - done_) / rate) + " left";
  }
  if (!figure.empty()) line += ", " + figure;
  std::fprintf(stderr, terminal_ ? "\r\033[K%s" : "%s\n", line.c_str());
  if (terminal_ && last) std::fputc('\n', stderr);
  std::fflush(stderr);
}

}  // namespace recombine
