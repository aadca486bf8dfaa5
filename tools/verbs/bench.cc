// recombine bench: what this machine does, each figure as a ratio against a base of the same run.

#include "tools/bench.h"

#include <algorithm>
#include <ctime>
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
#include "generator/grids/solver/solver.h"
#include "generator/grids/split/split.h"

namespace recombine {
namespace {

constexpr double kSeconds = kBenchSeconds;
constexpr std::uint64_t kSeed = kBenchSeed;

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

/// Episodes of the default split per CPU-second whose rules are found and whose queries are
/// answered, by what the solver is told; and episodes that are made with certificates.
std::vector<Measurement> bench_solver(const BenchOptions& /*options*/) {
  constexpr std::uint64_t kEpisodes = 500;
  const EpisodeMaker maker(GridConfig{}, kSeed);
  std::vector<Episode> episodes;
  for (std::uint64_t i = 0; i < kEpisodes; ++i)
    episodes.push_back(reduce(maker.make(i), SplitConfig{}));
  const auto rate = [&](bool any_order, bool hidden_sections) {
    RuleSpace space = published_rules();
    space.any_order = any_order;
    space.hidden_sections = hidden_sections;
    return rate_per_cpu_second(kSeconds,
                               [&](std::uint64_t i) { determine(episodes[i % kEpisodes], space); });
  };
  GridConfig certified;
  certified.certify = true;
  const EpisodeMaker sure(certified, kSeed);
  const std::string unit = "episodes per CPU-second";
  const double fixed = rate(false, false);
  const double any = rate(true, false);
  const double fixed_hidden = rate(false, true);
  const double any_hidden = rate(true, true);
  const double open = rate_per_cpu_second(kSeconds, [&](std::uint64_t i) { maker.make(i); });
  const double made = rate_per_cpu_second(kSeconds, [&](std::uint64_t i) { sure.make(i); });
  return {
      {"solver/fixed-order", fixed, unit, "", 1},
      {"solver/any-order", any, unit, "solver/fixed-order", any / fixed},
      {"solver/shuffled", fixed_hidden, unit, "solver/fixed-order", fixed_hidden / fixed},
      {"solver/any-order-shuffled", any_hidden, unit, "solver/fixed-order", any_hidden / fixed},
      {"solver/made-open", open, unit, "", 1},
      {"solver/made-certified", made, unit, "solver/made-open", made / open},
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
constexpr std::array<Benchmark, 4> kBenchmarks = {{
    {"generate", "episodes per CPU-second of both streams, fast and plain", bench_generate},
    {"solver", "episodes per CPU-second that the solver answers, and that are certified",
     bench_solver},
    {"facts", "items per CPU-second of the default world of facts", bench_facts},
    {"import", "megabytes per second of published lines, beside Python's json", bench_import},
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

BenchFolder::BenchFolder()
    : path_(std::filesystem::temp_directory_path() / cat("recombine-bench-", ::getpid())) {
  std::filesystem::create_directories(path_);
}

BenchFolder::~BenchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

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
