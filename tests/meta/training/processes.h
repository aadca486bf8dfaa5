#pragma once
// Real trainings: processes that are started, watched and killed.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <functional>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/storage/file.h"
#include "tests/places.h"

namespace recombine {

inline std::filesystem::path built_program(const std::string& name) {
  return std::filesystem::path(build_folder()) / "bin" / name;
}

inline std::vector<char*> pointers_of(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// Starts a program, found in PATH where it has no folder. `variables` ("NAME=value") come before
/// those of this process. What it says to standard error goes to the file `said`, where one is
/// named; with `pipe` not -1, that and its standard output go to it.
inline pid_t start_process(std::vector<std::string> words,
                           const std::filesystem::path& said = {},
                           std::vector<std::string> variables = {},
                           int pipe = -1) {
  for (char** variable = environ; *variable != nullptr; ++variable)
    variables.emplace_back(*variable);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (!said.empty()) {
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, said.c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC, 0600);
  }
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
    if (pipe >= 0) posix_spawn_file_actions_adddup2(&actions, pipe, stream);
  }
  pid_t process = -1;
  EXPECT_EQ(posix_spawnp(&process, words.front().c_str(), &actions, nullptr,
                         pointers_of(words).data(), pointers_of(variables).data()),
            0);
  posix_spawn_file_actions_destroy(&actions);
  return process;
}

/// recombine-train with these words.
inline pid_t start(std::vector<std::string> words,
                   const std::filesystem::path& said = {},
                   std::vector<std::string> variables = {},
                   int pipe = -1) {
  words.insert(words.begin(), built_program("recombine-train").string());
  return start_process(std::move(words), said, std::move(variables), pipe);
}

/// Exit code, or minus the signal.
inline int wait_for(pid_t process) {
  int status = 0;
  EXPECT_EQ(waitpid(process, &status, 0), process);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

inline void wait_until(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(120);
  while (!condition() && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  ASSERT_TRUE(condition());
}

inline void wait_until_there(const std::filesystem::path& path) {
  wait_until([&] { return std::filesystem::exists(path); });
  ASSERT_TRUE(std::filesystem::exists(path)) << path;
}

/// Fresh episodes of small grids, and a small model.
inline std::vector<std::string> training(const std::filesystem::path& run,
                                         const std::vector<std::string>& more = {}) {
  std::vector<std::string> words = {"train",
                                    "--quiet",
                                    "--data",
                                    "fresh",
                                    "--out",
                                    run.string(),
                                    "--steps",
                                    "200",
                                    "--batch",
                                    "4",
                                    "--workers",
                                    "2",
                                    "--checkpoint-every",
                                    "100",
                                    "--validate-every",
                                    "200",
                                    "--validate-items",
                                    "5",
                                    "--grids.side",
                                    "6",
                                    "--grids.study",
                                    "2",
                                    "--grids.queries",
                                    "3",
                                    "--grids.min-shape-size",
                                    "2",
                                    "--grids.max-shape-size",
                                    "3",
                                    "--grids.shape-box",
                                    "2",
                                    "--split.primitives",
                                    "1",
                                    "--split.compositions",
                                    "1",
                                    "--split.queries",
                                    "3",
                                    "--queries-mix",
                                    "plain,aux",
                                    "--model.width",
                                    "16",
                                    "--model.heads",
                                    "2",
                                    "--model.feed-forward",
                                    "32",
                                    "--model.layers",
                                    "1",
                                    "--model.patch",
                                    "3"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

/// Another value for an option of the training.
inline std::vector<std::string> with(std::vector<std::string> words,
                                     const std::string& option,
                                     const std::string& value) {
  *std::next(std::ranges::find(words, option)) = value;
  return words;
}

/// The bytes of weights, optimiser and state are those of another run, at `step`.
inline void expect_same_checkpoint(const std::filesystem::path& run,
                                   const std::filesystem::path& other,
                                   int step = 200) {
  const auto folder = std::filesystem::path("checkpoints") / ("step-" + std::to_string(step));
  for (const char* file : {"model.safetensors", "optimizer.safetensors", "state.json"}) {
    EXPECT_EQ(read_file(run / folder / file), read_file(other / folder / file)) << file;
  }
}

}  // namespace recombine
