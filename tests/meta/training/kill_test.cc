// The real thing: processes that are killed and resumed.

#include <array>
#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "data/storage/file.h"
#include "meta/config.h"
#include "tests/data/storage/events.h"
#include "tests/data/temporary_folder.h"
#include "tests/meta/training/processes.h"

namespace recombine {
namespace {
namespace fs = std::filesystem;

using testing::HasSubstr;
using testing::Not;

/// Made once a process: it takes the longest.
fs::path uninterrupted() {
  static const TemporaryFolder kFolder;
  static const int kCode = wait_for(start(training(kFolder / "run")));
  EXPECT_EQ(kCode, 0);
  return kFolder / "run";
}

/// Starts the training and kills it once its checkpoint of step 100 is there.
void kill_after_step_100(const fs::path& run) {
  const pid_t process = start(training(run));
  wait_until_there(run / "checkpoints" / "step-100");
  kill(process, SIGKILL);
  EXPECT_EQ(wait_for(process), -SIGKILL);
}

TEST(KilledTraining, ResumesBitForBit) {
  const TemporaryFolder folder;
  const fs::path run = folder / "run";
  kill_after_step_100(run);
  ASSERT_FALSE(fs::exists(run / "checkpoints" / "step-200")) << "was too fast to be killed";
  EXPECT_EQ(wait_for(start({"train", "--quiet", "--out", run.string(), "--resume"})), 0);
  expect_same_checkpoint(run, uninterrupted());
}

// By Ctrl-C, by a scheduler, by a connection that is closed.
class InterruptedTraining : public testing::TestWithParam<int> {};

TEST_P(InterruptedTraining, SavesItsStepExits130AndResumesBitForBit) {
  const TemporaryFolder folder;
  const fs::path run = folder / "run";
  const pid_t process = start(training(run));
  wait_until_there(run / "run.json");
  kill(process, GetParam());
  EXPECT_EQ(wait_for(process), 130);
  EXPECT_FALSE(fs::is_empty(run / "checkpoints"));
  EXPECT_EQ(wait_for(start(training(run, {"--resume"}))), 0);
  expect_same_checkpoint(run, uninterrupted());
}

INSTANTIATE_TEST_SUITE_P(Signals, InterruptedTraining, testing::Values(SIGINT, SIGTERM, SIGHUP));

TEST(WarnedTraining, SavesAndGoesOnToTheSameEnd) {
  const TemporaryFolder folder;
  const fs::path run = folder / "run";
  const pid_t process = start(training(run));
  wait_until_there(run / "run.json");
  kill(process, SIGUSR1);
  wait_until_there(run / "checkpoints" / "step-100");
  const auto checkpoints = std::distance(fs::directory_iterator(run / "checkpoints"), {});
  EXPECT_EQ(checkpoints, 2) << "that of step 100 and the one that was asked for";
  EXPECT_EQ(wait_for(process), 0);
  expect_same_checkpoint(run, uninterrupted());
}

TEST(TrainingWithoutAReader, GoesOnToTheSameEnd) {
  const TemporaryFolder folder;
  const fs::path run = folder / "run";
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  std::vector<std::string> words = training(run);
  std::erase(words, "--quiet");
  const pid_t process = start(words, {}, {}, ends[1]);
  close(ends[0]);
  close(ends[1]);
  EXPECT_EQ(wait_for(process), 0);
  expect_same_checkpoint(run, uninterrupted());
}

// A resumed run writes no event of a step before its checkpoint.
TEST(KilledTraining, HasTheEventsOfEveryStepBeforeItsCheckpoint) {
  const TemporaryFolder folder;
  const fs::path run = folder / "run";
  kill_after_step_100(run);
  std::uint64_t last = 0;
  for (const auto& entry : fs::directory_iterator(run)) {
    if (entry.path().filename().string().find("tfevents") == std::string::npos) continue;
    for (const std::string& event : read_events(entry.path())) {
      for (const Wire& wire : wire_fields(event)) last = wire.field == 2 ? wire.number : last;
    }
  }
  EXPECT_GE(last, 100U);
}

TEST(InterruptedStep, IsDropped) {
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
