#include "data/progress.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"

namespace recombine {
namespace {

/// What is said of some work where standard error is a file.
std::string reported(bool quiet) {
  testing::internal::CaptureStderr();
  Progress progress("train", "steps", 10, quiet);
  for (std::uint64_t step = 1; step <= 10; ++step) progress.update(step, "loss 0.90");
  progress.finish("loss 0.50");
  return testing::internal::GetCapturedStderr();
}

TEST(Progress, IsAPlainLineOffATerminal) {
  const std::string text = reported(false);
  EXPECT_THAT(text, testing::StartsWith("train 10/10 steps, "));
  EXPECT_THAT(text, testing::EndsWith(", loss 0.50\n"));
  EXPECT_EQ(std::ranges::count(text, '\n'), 1) << "one every few seconds, and the last";
  EXPECT_EQ(text.find_first_of("\r\x1b"), std::string::npos) << text;
}

TEST(Progress, IsSilentWhereItIsToBeQuiet) { EXPECT_EQ(reported(true), ""); }

TEST(InterruptsDeathTest, EndWorkWhereItLooksForThem) {
  const auto work = [] {
    catch_interrupts();
    check_interrupted("not yet");
    std::raise(SIGINT);
    try {
      check_interrupted("run it again");
    } catch (const Interrupted& error) {
      std::fputs(error.what(), stderr);
      std::_Exit(7);
    }
  };
  EXPECT_EXIT(work(), testing::ExitedWithCode(7), "interrupted; run it again");
}

TEST(InterruptsDeathTest, OfAClosedConnectionMayComeTwice) {
  const auto work = [] {
    catch_interrupts();
    std::raise(SIGHUP);
    std::raise(SIGHUP);
    try {
      check_interrupted("saved");
    } catch (const Interrupted&) {
      std::_Exit(7);
    }
  };
  EXPECT_EXIT(work(), testing::ExitedWithCode(7), "");
}

TEST(InterruptsDeathTest, OfAClosedConnectionAreKeptAwayByNohup) {
  const auto work = [] {
    std::signal(SIGHUP, SIG_IGN);
    catch_interrupts();
    std::raise(SIGHUP);
    check_interrupted("never");
    std::_Exit(7);
  };
  EXPECT_EXIT(work(), testing::ExitedWithCode(7), "");
}

TEST(InterruptsDeathTest, AskForASaveOnce) {
  const auto work = [] {
    catch_interrupts();
    const bool before = take_save_request();
    std::raise(SIGUSR1);
    check_interrupted("never");
    const bool asked = take_save_request();
    std::_Exit(!before && asked && !take_save_request() ? 7 : 1);
  };
  EXPECT_EXIT(work(), testing::ExitedWithCode(7), "");
}

TEST(InterruptsDeathTest, EndTheProgramTheSecondTime) {
  const auto stubborn = [](int number) {
    catch_interrupts();
    std::raise(number);
    std::fputs("goes on", stderr);
    std::raise(number);
    std::_Exit(0);
  };
  EXPECT_EXIT(stubborn(SIGINT), testing::KilledBySignal(SIGINT), "goes on");
  EXPECT_EXIT(stubborn(SIGTERM), testing::KilledBySignal(SIGTERM), "goes on");
}

}  // namespace
}  // namespace recombine
