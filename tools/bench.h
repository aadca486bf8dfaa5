#pragma once
// The project's own benchmarks: figures, and ratios against a base measured in the same run.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/progress.h"
#include "data/usual_notes.h"
#include "tools/command.h"

namespace recombine {

struct Measurement {
  std::string name;
  double value = 0;
  std::string unit;
  std::string base;  ///< name of what `ratio` is against; "" for one that is a base itself
  double ratio = 1;
};

struct BenchOptions {
  int episodes = 4;
  std::string device = "cpu";
  std::string precision = "float32";
  bool json = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("episodes", self.episodes, "episodes an update", {.read_by = {"train"}});
    visit("device", self.device, "what trains", device_notes());
    visit("precision", self.precision, "of the training's arithmetic", precision_notes());
    visit("json", self.json, "one JSON object instead of text");
  }
};

struct Benchmark {
  std::string_view name;
  std::string_view summary;
  std::vector<Measurement> (*run)(const BenchOptions& options);
};

/// Benchmarks that need no Torch. (tools/verbs/bench.cc)
std::span<const Benchmark> plain_benchmarks();
/// One of them. (tools/verbs/bench_import.cc)
std::vector<Measurement> bench_import(const BenchOptions& options);

inline constexpr double kBenchSeconds = 1.5;  ///< CPU time a figure
inline constexpr std::uint64_t kBenchSeed = 1860;

/// A place for what is written to be timed; gone when the benchmark is, or is interrupted.
class BenchFolder {
 public:
  BenchFolder();
  ~BenchFolder();
  BenchFolder(const BenchFolder&) = delete;
  BenchFolder& operator=(const BenchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The verb over a list of benchmarks.
std::unique_ptr<Verb> make_bench_verb(std::vector<Benchmark> benchmarks);

/// CPU seconds of this process so far, all threads together.
double cpu_seconds();

/// Work per CPU-second: calls `work(i)` for i = 0, 1, ... until `seconds` of CPU time are used.
template <class Work>
double rate_per_cpu_second(double seconds, const Work& work) {
  const double begin = cpu_seconds();
  double used = 0;
  std::uint64_t done = 0;
  while (used < seconds) {
    check_interrupted("run it again");
    work(done++);
    used = cpu_seconds() - begin;
  }
  return static_cast<double>(done) / used;
}

}  // namespace recombine
