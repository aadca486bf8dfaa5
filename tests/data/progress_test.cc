#include "data/progress.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <gtest/gtest.h>

#include "data/error.h"

namespace recombine {
namespace {

TEST(InterruptsDeathTest, EndWorkWhereItLooksForThem) {
  const auto work = [] {
    catch_interrupts();
    check_interrupted("not yet");
    std::raise(SIGINT);
    try {
      check_interrupted("run it again");
    } catch (const Interrupted& error) {
      std::fputs(error.what(), stderr);
      std::exit(7);
    }
  };
  EXPECT_EXIT(work(), testing::ExitedWithCode(7), "interrupted; run it again");
}

TEST(InterruptsDeathTest, EndTheProgramTheSecondTime) {
  const auto stubborn = [](int number) {
    catch_interrupts();
    std::raise(number);
    std::fputs("goes on", stderr);
    std::raise(number);
    std::exit(0);
  };
  EXPECT_EXIT(stubborn(SIGINT), testing::KilledBySignal(SIGINT), "goes on");
  EXPECT_EXIT(stubborn(SIGTERM), testing::KilledBySignal(SIGTERM), "goes on");
}

}  // namespace
}  // namespace recombine
