#pragma once
// Progress of long work, on standard error: a bar on a terminal, else a line every few seconds.

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace recombine {

/// Not thread-safe: one thread reports. `total` 0 means unknown.
class Progress {
 public:
  Progress(std::string what, std::string unit, std::uint64_t total, bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `done` of `total` so far; `figure` is the main figure so far ("loss 0.71") or empty.
  void update(std::uint64_t done, const std::string& figure = {});
  /// Another value, 0 to 1, of what a terminal shows the course of.
  void trend(double value) { trend_.push_back(value); }
  /// Draws the last state and ends the line.
  void finish(const std::string& figure = {});

 private:
  void draw(const std::string& figure, bool last);

  std::string what_;
  std::string unit_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
  std::vector<double> trend_;
  std::uint64_t first_ = 0;
  bool started_ = false;
  bool quiet_;
  bool terminal_;
  bool finished_ = false;
  std::chrono::steady_clock::time_point begin_;
  std::chrono::steady_clock::time_point drawn_;
};

/// Installs handlers that only set a flag: SIGINT and SIGTERM, of which a second one ends the
/// program; SIGHUP, which a closed connection sends more than once and `nohup` keeps away; SIGUSR1,
/// which asks for a save (schedulers send it before the end).
void catch_interrupts();
/// Throws Interrupted("...") once SIGINT, SIGTERM or SIGHUP came.
void check_interrupted(const std::string& advice);
/// Whether SIGUSR1 came since the last call.
bool take_save_request();
/// From now on a progress line whose reader is gone is dropped, where it would end the program.
void outlive_readers();

}  // namespace recombine
