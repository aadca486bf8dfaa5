// The real thing: processes that are killed and resumed.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/storage/file.h"
#include "meta/config.h"
#include "tests/data/temporary_folder.h"
#include "tests/places.h"

namespace recombine {
namespace {
namespace fs = std::filesystem;

using testing::HasSubstr;
using testing::Not;

const fs::path kProgram = fs::path(build_folder()) / "bin" / "recombine-train";

/// What it says to standard error goes to the file, where one is named.
pid_t start(std::vector<std::string> words, const fs::path& said = {}) {
  words.insert(words.begin(), kProgram.string());
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (!said.empty()) {
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, said.c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC, 0600);
  }
  pid_t process = -1;
  EXPECT_EQ(posix_spawn(&process, kProgram.c_str(), &actions, nullptr, argv.data(), environ), 0);
  posix_spawn_file_actions_destroy(&actions);
  return process;
}

/// Exit code, or minus the signal.
int wait_for(pid_t process) {
  int status = 0;
  EXPECT_EQ(waitpid(process, &status, 0), process);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

std::vector<std::string> training(const fs::path& run, const std::vector<std::string>& more = {}) {
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
std::vector<std::string> with(std::vector<std::string> words,
                              const std::string& option,
                              const std::string& value) {
  *std::next(std::ranges::find(words, option)) = value;
  return words;
}

void wait_until_there(const fs::path& path) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(120);
  while (!fs::exists(path) && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  ASSERT_TRUE(fs::exists(path)) << path;
}

void expect_same_checkpoint(const fs::path& run, const fs::path& other) {
  for (const char* file : {"model.safetensors", "optimizer.safetensors", "state.json"}) {
    const fs::path name = fs::path("checkpoints") / "step-200" / file;
    EXPECT_EQ(read_file(run / name), read_file(other / name)) << file;
  }
}

/// Made once a process: it takes the longest.
fs::path uninterrupted() {
  static const TemporaryFolder kFolder;
  static const int kCode = wait_for(start(training(kFolder / "run")));
  EXPECT_EQ(kCode, 0);
  return kFolder / "run";
}

TEST(KilledTraining, ResumesBitForBit) {
  const TemporaryFolder folder;
  const fs::path run = folder / "run";
  const pid_t process = start(training(run));
  wait_until_there(run / "checkpoints" / "step-100");
  kill(process, SIGKILL);
  EXPECT_EQ(wait_for(process), -SIGKILL);
  ASSERT_FALSE(fs::exists(run / "checkpoints" / "step-200")) << "was too fast to be killed";
  EXPECT_EQ(wait_for(start({"train", "--quiet", "--out", run.string(), "--resume"})), 0);
  expect_same_checkpoint(run, uninterrupted());
}

TEST(InterruptedTraining, SavesItsStepExits130AndResumesBitForBit) {
  const TemporaryFolder folder;
  const fs::path run = folder / "run";
  const pid_t process = start(training(run));
  wait_until_there(run / "checkpoints" / "step-100");
  kill(process, SIGINT);
  EXPECT_EQ(wait_for(process), 130);
  EXPECT_EQ(wait_for(start(training(run, {"--resume"}))), 0);
  expect_same_checkpoint(run, uninterrupted());
}

TEST(InterruptedTraining, DropsTheStepUnderWay) {
  const TemporaryFolder folder;
  const fs::path run = folder / "run";
  // A first step of thousands of micro-batches: seconds long.
  const pid_t process = start(with(training(run, {"--micro-batch", "1"}), "--batch", "4000"));
  wait_until_there(run / "run.json");
  kill(process, SIGTERM);
  EXPECT_EQ(wait_for(process), 130);
  EXPECT_TRUE(fs::exists(run / "checkpoints" / "step-0"));
  EXPECT_FALSE(fs::exists(run / "checkpoints" / "step-1"));
  EXPECT_NE(read_file(run / "run.json").find("\"interrupted\""), std::string::npos);
}

TEST(RefusedTraining, AsksForWhatItsModelDoesNotRead) {
  const TemporaryFolder folder;
  const fs::path run = folder / "run";
  const auto said = [&](const std::string& model, const std::string& option,
                        const std::string& value) {
    const fs::path file = folder / "said";
    const std::vector<std::string> words = {"train", "--quiet",    "--data",       "fresh",
                                            "--out", run.string(), "--model.name", model,
                                            option,  value};
    EXPECT_EQ(wait_for(start(words, file)), 2);
    return read_file(file);
  };
  EXPECT_THAT(said("fast", "--model.dropout", "0.1"),
              HasSubstr("fast does not read it; it is for facts alone"));
  EXPECT_THAT(said("fast", "--model.pointers", "off"), HasSubstr("--model.pointers false"));
  EXPECT_THAT(said("executor", "--model.relative-bias", "on"), HasSubstr("does not read it"));
  EXPECT_THAT(said("executor", "--model.vocabulary", "full"), HasSubstr("does not read it"));
  EXPECT_THAT(said("gpt", "--noise", "0.1"), HasSubstr("--train.noise 0.1: the model gpt"));
  EXPECT_THAT(said("gpt", "--lr", "0.02"), Not(HasSubstr("does not read it")));
  EXPECT_FALSE(fs::exists(run));
}

TEST(FinishedTraining, HasNothingToResumeAndIsNotReplaced) {
  const fs::path run = uninterrupted();
  const auto before = fs::last_write_time(run / "run.json");
  EXPECT_EQ(wait_for(start({"train", "--out", run.string(), "--resume"})), 0);
  EXPECT_EQ(wait_for(start(training(run))), 3);
  EXPECT_EQ(wait_for(start(training(run, {"--resume", "--lr", "0.1"}))), 2);
  const std::string of_default = std::to_string(TrainConfig{}.workers);
  EXPECT_EQ(wait_for(start(with(training(run, {"--resume"}), "--workers", of_default))), 2);
  EXPECT_EQ(fs::last_write_time(run / "run.json"), before);
}

}  // namespace
}  // namespace recombine
