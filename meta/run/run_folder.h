#pragma once
// The files of a run (docs/FORMAT.md, "Runs"): config.ini, metrics.jsonl, run.json, checkpoints/.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "data/json.h"

namespace recombine {

/// Where things are in a run's folder. A value; touches no file by itself.
class RunFolder {
 public:
  explicit RunFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  const std::filesystem::path& path() const { return folder_; }
  std::filesystem::path config() const { return folder_ / "config.ini"; }
  std::filesystem::path metrics() const { return folder_ / "metrics.jsonl"; }
  std::filesystem::path info() const { return folder_ / "run.json"; }
  std::filesystem::path checkpoints() const { return folder_ / "checkpoints"; }
  std::filesystem::path checkpoint(std::uint64_t step) const;

  /// Steps of the whole checkpoints, rising.
  std::vector<std::uint64_t> steps() const;
  /// The checkpoint that `which` names: "last", "best" or a step. Throws DataError, naming the
  /// folder and what there is, where it is not there.
  std::uint64_t find(const std::string& which) const;
  /// run.json; throws DataError where the folder is no run.
  Json read_info() const;
  /// What run.json has under `key`; throws DataError, naming the file, where it has nothing.
  Json read_info(const char* key) const;
  /// Whether run.json says so. A run may have all its steps and still owe their last validation.
  bool is_finished() const;

 private:
  std::filesystem::path folder_;
};

/// Removes halves of interrupted writes, and whole checkpoints other than the newest `newest` (0:
/// all of them stay) and `best`. What has another name than a checkpoint is not the run's and
/// stays.
void prune_checkpoints(const RunFolder& run, std::size_t newest, std::optional<std::uint64_t> best);

/// Removes the rows of metrics.jsonl after `step`, so that a resumed run reads as one.
void cut_metrics(const RunFolder& run, std::uint64_t step);

/// Appends a row to metrics.jsonl.
void add_metrics(const RunFolder& run, const Json& row);

}  // namespace recombine
