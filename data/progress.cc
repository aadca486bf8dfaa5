#include "data/progress.h"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <utility>

#include <unistd.h>

#include "data/error.h"
#include "data/screen/interrupts.h"
#include "data/screen/progress_line.h"
#include "data/screen/terminal.h"

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

/// Whether the terminal is told to read UTF-8.
bool reads_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view locale = value;
    return locale.find("UTF-8") != std::string_view::npos ||
           locale.find("utf8") != std::string_view::npos;
  }
  return false;
}

}  // namespace

void catch_interrupts() {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  if (std::signal(SIGHUP, on_hang_up) == SIG_IGN) std::signal(SIGHUP, SIG_IGN);
  std::signal(SIGUSR1, on_save_request);
}

void check_interrupted(const std::string& advice) {
  if (interrupted || is_asked_to_end()) throw Interrupted("interrupted; " + advice);
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
  constexpr std::size_t kTrendWidth = 20;
  ProgressState state{what_, unit_, done_, total_};
  state.seconds = std::chrono::duration<double>(Clock::now() - begin_).count();
  state.since = first_;
  state.figure = figure;
  state.finished = last;
  if (terminal_ && reads_utf8()) state.trend = sparkline(trend_, kTrendWidth);
  // A line that fills the terminal would move to the next one.
  const int width = terminal_width(STDERR_FILENO);
  const std::string line = progress_line(state, terminal_, width > 1 ? width - 1 : 0);
  std::fprintf(stderr, terminal_ ? "\r\033[K%s" : "%s\n", line.c_str());
  if (terminal_ && last) std::fputc('\n', stderr);
  std::fflush(stderr);
}

}  // namespace recombine
