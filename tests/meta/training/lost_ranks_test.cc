// Ranks that are killed, stopped and interrupted.

#include <cstdlib>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/meta/training/ranks_fixtures.h"

namespace recombine {
namespace {
namespace fs = std::filesystem;

using testing::HasSubstr;

class LostRanks : public RanksOfATraining {
 protected:
  /// Three workers, a row each step.
  std::vector<std::string> long_training(const std::string& name,
                                         const std::vector<std::string>& more) const {
    std::vector<std::string> words =
        and_also(training(folder_ / name, {"--log-every", "1", "--rank-timeout", "30"}), more);
    words = with(with(words, "--batch", "6"), "--workers", "1");
    return with(words, "--checkpoint-every", "0");
  }

  /// Starts three ranks and waits until `steps` further steps have rows.
  pid_t start_three(const std::vector<std::string>& words, std::uint64_t steps) {
    const std::uint64_t before = last_row(run());
    const pid_t process = start(words, said());
    wait_until([&] { return last_row(run()) >= std::min(before + steps, kSteps); });
    return process;
  }

  fs::path run() const { return folder_ / "run"; }
  fs::path said() const { return folder_ / "said"; }
  std::vector<std::string> resume() const {
    return {"train", "--quiet", "--out", run().string(), "--resume"};
  }

  void expect_as_undisturbed() {
    EXPECT_EQ(wait_for(start(with(long_training("whole", {}), "--workers", "3"))), 0);
    expect_same_run("run", "whole", kSteps);
  }

  static constexpr std::uint64_t kSteps = 200;
};

/// How often; RECOMBINE_KILLS is for a longer test than usual.
int kills() {
  const char* const wanted = std::getenv("RECOMBINE_KILLS");
  return wanted == nullptr ? 4 : std::atoi(wanted);
}

TEST_F(LostRanks, KilledAtRandomMomentsLoseTheStepUnderWayAlone) {
  std::mt19937 random(1860);
  std::vector<std::string> words = long_training("run", {"--ranks", "3"});
  const std::uint64_t pause = kSteps / static_cast<std::uint64_t>(kills() + 1);
  for (int i = 0; i < kills(); ++i) {
    const pid_t process = start_three(words, pause - 1 - random() % 2);
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 50000));
    const std::vector<pid_t> ranks = children_of(process);
    ASSERT_EQ(ranks.size(), 3U) << "the run was too fast";
    const auto lost = i < 3 ? static_cast<std::size_t>(i) : random() % 3;
    kill(ranks[lost], SIGKILL);
    EXPECT_EQ(wait_for(process), 1);
    const std::vector<std::string> lines = lines_of(said());
    ASSERT_EQ(lines.size(), 1U) << read_file(said());
    EXPECT_THAT(lines.front(), HasSubstr(cat("recombine train: rank ", lost, " (")));
    EXPECT_THAT(lines.front(), HasSubstr(cat("process ", ranks[lost], ")")));
    EXPECT_GE(RunFolder(run()).steps().back(), last_row(run())) << lines.front();
    words = and_also(resume(), {"--ranks", "3"});
  }
  EXPECT_EQ(wait_for(start(resume())), 0);
  expect_as_undisturbed();
}

TEST_F(LostRanks, ThatAreStoppedAreNamedWhenTimeIsUp) {
  const pid_t process =
      start_three(with(long_training("run", {"--ranks", "3"}), "--rank-timeout", "2"), 5);
  const std::vector<pid_t> ranks = children_of(process);
  ASSERT_EQ(ranks.size(), 3U);
  kill(ranks[1], SIGSTOP);
  EXPECT_EQ(wait_for(process), 1);
  const std::vector<std::string> lines = lines_of(said());
  ASSERT_EQ(lines.size(), 1U) << read_file(said());
  EXPECT_THAT(lines.front(), HasSubstr(cat("process ", ranks[1], "): does not answer")));
  EXPECT_THAT(lines.front(), HasSubstr("is saved in "));
}

TEST_F(LostRanks, ThatAreInterruptedInterruptAll) {
  const pid_t process = start_three(long_training("run", {"--ranks", "3"}), 5);
  const std::vector<pid_t> ranks = children_of(process);
  ASSERT_EQ(ranks.size(), 3U);
  kill(ranks[2], SIGUSR1);
  wait_until([&] { return !RunFolder(run()).steps().empty(); });
  kill(ranks[1], SIGTERM);
  EXPECT_EQ(wait_for(process), 130);
  const std::vector<std::string> lines = lines_of(said());
  ASSERT_EQ(lines.size(), 1U) << read_file(said());
  EXPECT_THAT(lines.front(), HasSubstr("recombine train: interrupted; step "));
  EXPECT_EQ(wait_for(start(and_also(resume(), {"--ranks", "3"}))), 0);
  expect_as_undisturbed();
}

}  // namespace
}  // namespace recombine
