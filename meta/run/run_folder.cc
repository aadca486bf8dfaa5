#include "meta/run/run_folder.h"

#include <algorithm>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/storage/metrics.h"
#include "data/text.h"

namespace recombine {
namespace {

constexpr std::string_view kPrefix = "step-";
constexpr std::string_view kHalf = ".part";

std::optional<std::uint64_t> step_of(const std::string& name) {
  if (name.rfind(kPrefix, 0) != 0) return std::nullopt;
  return parse_number<std::uint64_t>(std::string_view(name).substr(kPrefix.size()));
}

bool is_half(std::string name) {
  if (!name.ends_with(kHalf)) return false;
  name.resize(name.size() - kHalf.size());
  return step_of(name).has_value();
}

std::string known_steps(const std::vector<std::uint64_t>& steps) {
  std::vector<std::string> names;
  names.reserve(steps.size());
  for (const std::uint64_t step : steps) names.push_back(std::to_string(step));
  return names.empty() ? "none yet" : join_text(names, ", ");
}

}  // namespace

std::filesystem::path RunFolder::checkpoint(std::uint64_t step) const {
  return checkpoints() / cat(kPrefix, step);
}

std::vector<std::uint64_t> RunFolder::steps() const {
  std::vector<std::uint64_t> steps;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(checkpoints(), none)) {
    if (const auto step = step_of(entry.path().filename().string())) steps.push_back(*step);
  }
  std::sort(steps.begin(), steps.end());
  return steps;
}

std::uint64_t RunFolder::find(const std::string& which) const {
  const std::vector<std::uint64_t> all = steps();
  const std::string where = checkpoints().string();
  require_data(!all.empty(), where, ": holds no checkpoint; train the run first");
  if (which == "last") return all.back();
  std::optional<std::uint64_t> step = parse_number<std::uint64_t>(which);
  if (which == "best") {
    const Json record = read_info();
    const auto best = record.find("best");
    require_data(best != record.end() && best->is_object() && best->contains("step"),
                 info().string(),
                 ": records no best checkpoint (no validation so far); use --checkpoint last");
    step = best->at("step").get<std::uint64_t>();
  }
  require(step.has_value(), "--checkpoint '", which, "': must be last, best or a step");
  require_data(std::find(all.begin(), all.end(), *step) != all.end(), where,
               ": no checkpoint of step ", *step, "; there are: ", known_steps(all));
  return *step;
}

Json RunFolder::read_info() const {
  require_data(std::filesystem::exists(info()), folder_.string(),
               ": is no run (no run.json in it); name a folder that `recombine train` made");
  Json json = Json::parse(read_file(info()), nullptr, false);
  require_data(json.is_object(), info().string(), ": is damaged; it must be a JSON object");
  return json;
}

Json RunFolder::read_info(const char* key) const {
  const Json json = read_info();
  require_data(json.contains(key), info().string(), ": is damaged; it has no \"", key, "\"");
  return json[key];
}

bool RunFolder::is_finished() const {
  return std::filesystem::exists(info()) && read_info().value("status", "") == "finished";
}

void prune_checkpoints(const RunFolder& run,
                       std::size_t newest,
                       std::optional<std::uint64_t> best) {
  std::vector<std::uint64_t> kept = run.steps();
  if (newest > 0 && kept.size() > newest)
    kept.erase(kept.begin(), kept.end() - static_cast<std::ptrdiff_t>(newest));
  if (best) kept.push_back(*best);
  std::vector<std::filesystem::path> gone;
  for (const auto& entry : std::filesystem::directory_iterator(run.checkpoints())) {
    const std::string name = entry.path().filename().string();
    const auto step = step_of(name);
    const bool surplus = step && std::find(kept.begin(), kept.end(), *step) == kept.end();
    if (surplus || is_half(name)) gone.push_back(entry.path());
  }
  for (const auto& path : gone) std::filesystem::remove_all(path);
}

void cut_metrics(const RunFolder& run, std::uint64_t step) {
  if (!std::filesystem::exists(run.metrics())) return;
  std::string kept;
  read_metrics(run.metrics(), [&](const Json& row, std::string_view line) {
    if (row.at("step").get<std::uint64_t>() <= step) kept.append(line).append("\n");
  });
  if (kept != read_file(run.metrics())) write_file(run.metrics(), kept);
}

void add_metrics(const RunFolder& run, const Json& row) {
  const int descriptor =
      open(run.metrics().c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  require_data(descriptor >= 0, run.metrics().string(), ": cannot be written");
  try {
    write_all(descriptor, row.dump() + "\n", run.metrics());
  } catch (...) {
    close(descriptor);
    throw;
  }
  close(descriptor);
}

}  // namespace recombine
