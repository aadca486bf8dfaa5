#pragma once
// Trainings by several processes.

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <torch/csrc/distributed/c10d/Store.hpp>

#include "data/error.h"
#include "data/text.h"
#include "meta/ranks/meeting.h"
#include "tests/data/temporary_folder.h"
#include "tests/meta/training/processes.h"
#include "tests/meta/training/training_fixtures.h"

namespace recombine {

inline int free_port() { return keep_store().port; }

/// The processes that a process started, in their order.
inline std::vector<pid_t> children_of(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/task/" + std::to_string(process) +
                     "/children");
  std::vector<pid_t> children;
  for (pid_t child = 0; file >> child;) children.push_back(child);
  return children;
}

inline std::vector<std::string> lines_of(const std::filesystem::path& file) {
  return split_text(read_file(file), '\n');
}

/// The last step that metrics.jsonl has; 0 before there is one.
inline std::uint64_t last_row(const std::filesystem::path& run) {
  const RunFolder folder(run);
  if (!std::filesystem::exists(folder.metrics())) return 0;
  const std::string text = read_file(folder.metrics());
  const auto lines = split_text(text.substr(0, text.rfind('\n') + 1), '\n');
  return lines.empty() ? 0 : Json::parse(lines.back()).at("step").get<std::uint64_t>();
}

inline std::vector<std::string> and_also(std::vector<std::string> words,
                                         const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

class RanksOfATraining : public testing::Test {
 protected:
  /// Few steps of four workers in all, by so many ranks, that write something at each.
  std::vector<std::string> short_training(const std::string& name, int workers) const {
    std::vector<std::string> words = training(folder_ / name, {"--log-every", "1"});
    const std::vector<std::pair<std::string, std::string>> values = {{"--steps", "4"},
                                                                     {"--batch", "6"},
                                                                     {"--checkpoint-every", "2"},
                                                                     {"--validate-every", "2"},
                                                                     {"--validate-items", "70"}};
    for (const auto& [option, value] : values) words = with(words, option, value);
    return with(words, "--workers", std::to_string(workers));
  }

  /// Bytes of checkpoints and config, rows of metrics.
  void expect_same_run(const std::string& name, const std::string& other, int steps) const {
    expect_same_checkpoint(folder_ / name, folder_ / other, steps);
    EXPECT_EQ(rows_of(RunFolder(folder_ / name)), rows_of(RunFolder(folder_ / other)));
  }

  const TemporaryFolder folder_;
};

}  // namespace recombine
