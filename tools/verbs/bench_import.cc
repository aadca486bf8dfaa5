// recombine bench import: how fast lines of the published form are read.

#include <chrono>
#include <cstdio>
#include <optional>

#include <nlohmann/json.hpp>

#include "data/formats/carc/carc.h"
#include "data/formats/format.h"
#include "data/storage/file.h"
#include "data/text.h"
#include "generator/grids/search/episode.h"
#include "tools/bench.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kEpisodes = 4000;
constexpr double kMegabyte = 1e6;

std::vector<std::string> published_lines() {
  const EpisodeMaker maker(GridConfig{}, kBenchSeed);
  std::vector<std::string> lines;
  for (std::uint64_t i = 0; i < kEpisodes; ++i) {
    check_interrupted("run it again");
    lines.push_back(carc_line(maker.make(i), CarcForm::kGenerator));
  }
  return lines;
}

/// As one word of a shell.
std::string quoted(const fs::path& path) {
  std::string word = "'";
  for (const char c : path.string()) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

/// CPU-seconds in which Python's json.loads reads every line of a file; nothing without a Python.
std::optional<double> python_seconds(const fs::path& folder, const fs::path& file) {
  write_file(folder / "loads.py",
             "import json, sys, time\n"
             "with open(sys.argv[1], 'rb') as lines:\n"
             "    begin = time.process_time()\n"
             "    for line in lines:\n"
             "        json.loads(line)\n"
             "    print(time.process_time() - begin)\n");
  const std::string command =
      cat("python3 ", quoted(folder / "loads.py"), " ", quoted(file), " 2>/dev/null");
  std::FILE* const pipe = ::popen(command.c_str(), "r");  // NOLINT(cert-env33-c)
  if (pipe == nullptr) return std::nullopt;
  double seconds = 0;
  const int read = std::fscanf(pipe, "%lf", &seconds);  // NOLINT(cert-err34-c): 0 is none
  const bool good = ::pclose(pipe) == 0 && read == 1 && seconds > 0;
  if (!good) return std::nullopt;
  return seconds;
}

/// Megabytes of lines that `read` takes per CPU-second of one thread.
template <class Read>
double line_rate(const std::vector<std::string>& lines, const Read& read) {
  double bytes = 0;
  std::uint64_t calls = 0;
  const double rate = rate_per_cpu_second(kBenchSeconds, [&](std::uint64_t i) {
    const std::string& line = lines[i % lines.size()];
    read(line);
    bytes += static_cast<double>(line.size());
    ++calls;
  });
  return rate * bytes / static_cast<double>(calls) / kMegabyte;
}

/// What one import of a file took.
struct ImportTimes {
  double cpu = 0;
  double clock = 0;
};

ImportTimes time_import(const fs::path& file, const fs::path& out) {
  ImportJob job;
  job.in = file;
  job.out = out;
  job.watch = [](std::uint64_t, std::uint64_t) { check_interrupted("run it again"); };
  const double cpu = cpu_seconds();
  const auto begin = std::chrono::steady_clock::now();
  find_format("carc").import_data(job);
  const std::chrono::duration<double> clock = std::chrono::steady_clock::now() - begin;
  return {cpu_seconds() - cpu, clock.count()};
}

}  // namespace

std::vector<Measurement> bench_import(const BenchOptions& /*options*/) {
  const BenchFolder folder;
  const std::vector<std::string> lines = published_lines();
  const fs::path file = folder.path() / "episodes.jsonl";
  write_file(file, join_text(lines, ""));
  const double megabytes = static_cast<double>(fs::file_size(file)) / kMegabyte;
  const std::string unit = "MB per CPU-second";
  const double plain =
      line_rate(lines, [](const std::string& line) { carc_line_from_json(Json::parse(line)); });
  const double fast = line_rate(lines, [](const std::string& line) { parse_carc_line(line, "e"); });
  const ImportTimes times = time_import(file, folder.path() / "set");
  const std::optional<double> python = python_seconds(folder.path(), file);
  const std::string base = python ? "import/python" : "import/plain-lines";
  const double base_rate = python ? megabytes / *python : plain;
  std::vector<Measurement> rows;
  if (python) rows.push_back({"import/python", base_rate, unit, "", 1});
  rows.push_back({"import/plain-lines", plain, unit, python ? base : "", plain / base_rate});
  rows.push_back({"import/lines", fast, unit, base, fast / base_rate});
  rows.push_back(
      {"import/set", megabytes / times.cpu, unit, base, megabytes / times.cpu / base_rate});
  rows.push_back({"import/set-by-clock", megabytes / times.clock, "MB per second", base,
                  megabytes / times.clock / base_rate});
  return rows;
}

}  // namespace recombine
