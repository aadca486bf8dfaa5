// recombine bench: what this machine does, each figure as a ratio against a base of the same run.

#include "tools/bench.h"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <system_error>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "data/storage/fact_codec.h"
#include "data/text.h"
#include "generator/facts/write.h"
#include "generator/grids/search/episode.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/search/published.h"

namespace recombine {
namespace {

constexpr double kSeconds = 1.5;  // CPU time a figure
constexpr std::uint64_t kSeed = 1860;

double published_rate(SearchMode mode) {
  PublishedMaker maker(GridConfig{}, kSeed, mode);
  return rate_per_cpu_second(kSeconds, [&](std::uint64_t) { maker.next(); });
}

/// Episodes of the default config per CPU-second on one core: both streams, with the table of
/// placements and by the plain rejection loop, and with the encoding that the writer does.
std::vector<Measurement> bench_generate(const BenchOptions& /*options*/) {
  const EpisodeMaker maker(GridConfig{}, kSeed);
  const auto source = make_grid_source(GridConfig{}, [] {
    GridRunConfig run;
    run.episodes = 1;
    return run;
  }());
  const std::string unit = "episodes per CPU-second";
  const double published_plain = published_rate(SearchMode::kPlain);
  const double published = published_rate(SearchMode::kTable);
  const double counter_plain =
      rate_per_cpu_second(kSeconds, [&](std::uint64_t i) { maker.make_plainly(i); });
  const double counter = rate_per_cpu_second(kSeconds, [&](std::uint64_t i) { maker.make(i); });
  const double records =
      rate_per_cpu_second(kSeconds, [&](std::uint64_t i) { source->make(i, 0); });
  return {
      {"generate/published-plain", published_plain, unit, "", 1},
      {"generate/published", published, unit, "generate/published-plain",
       published / published_plain},
      {"generate/counter-plain", counter_plain, unit, "", 1},
      {"generate/counter", counter, unit, "generate/counter-plain", counter / counter_plain},
      {"generate/counter-records", records, unit, "generate/counter-plain",
       records / counter_plain},
  };
}

/// Encodes items and keeps none.
class CountingSink : public WorldSink {
 public:
  void put(WorldSet, const FactItem& item) override {
    bytes_ += encode_fact(item).size();
    ++items_;
  }
  std::uint64_t items() const { return items_; }

 private:
  std::uint64_t items_ = 0;
  std::uint64_t bytes_ = 0;
};

/// A place for what is written to be timed; gone when the benchmark is, or is interrupted.
class BenchFolder {
 public:
  BenchFolder() = default;
  ~BenchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  BenchFolder(const BenchFolder&) = delete;
  BenchFolder& operator=(const BenchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_ =
      std::filesystem::temp_directory_path() / cat("recombine-bench-", ::getpid());
};

/// Items per CPU-second of the default world: made and encoded, and on disk.
std::vector<Measurement> bench_facts(const BenchOptions& /*options*/) {
  const FactConfig config;
  CountingSink sink;
  const double worlds =
      rate_per_cpu_second(kSeconds, [&](std::uint64_t) { make_world(config, sink); });
  const BenchFolder folder;
  CountingSink counted;
  make_world(config, counted);
  const double written = rate_per_cpu_second(
      kSeconds, [&](std::uint64_t) { write_world(folder.path(), config, true, true); });
  const auto items = static_cast<double>(counted.items());
  return {
      {"facts/made", worlds * items, "items per CPU-second", "", 1},
      {"facts/written", written * items, "items per CPU-second", "facts/made", written / worlds},
      {"facts/default-world", 1 / written, "CPU-seconds on disk", "", 1}};
}

// To add a benchmark that needs no Torch: a line.
constexpr std::array<Benchmark, 2> kBenchmarks = {{
    {"generate", "episodes per CPU-second of both streams, fast and plain", bench_generate},
    {"facts", "items per CPU-second of the default world of facts", bench_facts},
}};

class BenchVerb : public Verb {
 public:
  explicit BenchVerb(std::vector<Benchmark> benchmarks) : benchmarks_(std::move(benchmarks)) {}

  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    require(own_.episodes >= 1, "--episodes ", own_.episodes, ": must be at least 1");
    Names known;
    for (const Benchmark& benchmark : benchmarks_) known.emplace_back(benchmark.name);
    for (const std::string& name : call.positional) {
      require(std::ranges::find(known, name) != known.end(), "no benchmark '", name,
              "' in this build; known: ", join_text(known, ", "));
    }
    Json rows = Json::array();
    for (const Benchmark& benchmark : benchmarks_) {
      const Names& wanted = call.positional;
      if (!wanted.empty() && std::ranges::find(wanted, benchmark.name) == wanted.end()) continue;
      for (const Measurement& m : benchmark.run(own_)) {
        rows.push_back({{"name", m.name},
                        {"value", m.value},
                        {"unit", m.unit},
                        {"base", m.base.empty() ? m.name : m.base},
                        {"ratio", m.ratio}});
        if (!own_.json) print(m);
      }
    }
    if (own_.json) std::cout << Json{{"benchmarks", rows}}.dump(2) << "\n";
    return kDone;
  }

 private:
  static void print(const Measurement& m) {
    std::cout << std::left << std::setw(28) << m.name << std::right << std::fixed
              << std::setprecision(1) << std::setw(12) << m.value << " " << m.unit;
    if (!m.base.empty()) std::cout << "  " << std::setprecision(2) << m.ratio << " x " << m.base;
    std::cout << "\n" << std::flush;
  }

  std::vector<Benchmark> benchmarks_;
  BenchOptions own_;
};

}  // namespace

double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

std::span<const Benchmark> plain_benchmarks() { return kBenchmarks; }

std::unique_ptr<Verb> make_bench_verb(std::vector<Benchmark> benchmarks) {
  return std::make_unique<BenchVerb>(std::move(benchmarks));
}

std::unique_ptr<Verb> make_bench() {
  return make_bench_verb({kBenchmarks.begin(), kBenchmarks.end()});
}

}  // namespace recombine
