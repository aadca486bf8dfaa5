#include "generator/writer/in_order.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace recombine {
namespace {

class InOrder : public testing::TestWithParam<int> {};

TEST_P(InOrder, UsesWhatThreadsMadeOneAfterAnother) {
  std::vector<std::size_t> used;
  run_in_order(500, GetParam(), [&](std::size_t part) {
    return [&used, part, square = part * part] {
      EXPECT_EQ(square, part * part);
      used.push_back(part);
    };
  });
  ASSERT_EQ(used.size(), 500U);
  for (std::size_t i = 0; i < used.size(); ++i) EXPECT_EQ(used[i], i);
}

TEST_P(InOrder, ThrowsTheErrorOfTheFirstPart) {
  std::size_t used = 0;
  const auto part_of = [&](std::size_t part) -> std::function<void()> {
    // The first of the two is the later one to happen.
    if (part == 30) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    if (part == 30 || part == 31) throw std::runtime_error(std::to_string(part));
    return [&used] { ++used; };
  };
  try {
    run_in_order(100, GetParam(), part_of);
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "30");
  }
  EXPECT_EQ(used, 30U);
}

TEST_P(InOrder, HasNothingToDoForNoParts) {
  run_in_order(0, GetParam(), [](std::size_t) -> std::function<void()> {
    ADD_FAILURE();
    return [] {};
  });
}

TEST(InOrderOfSeveralThreads, WorksOnPartsAtOnce) {
  if (thread_count(0) < 2) GTEST_SKIP() << "needs two cores";
  std::atomic<int> begun = 0;
  run_in_order(2, 2, [&](std::size_t) -> std::function<void()> {
    ++begun;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (begun < 2 && std::chrono::steady_clock::now() < end) std::this_thread::yield();
    EXPECT_EQ(begun, 2) << "each part waits for the other";
    return [] {};
  });
}

TEST(InOrderOfOneThread, UsesAPartBeforeTheNextBegins) {
  std::size_t used = 0;
  run_in_order(50, 1, [&](std::size_t part) {
    EXPECT_EQ(used, part);
    return [&used] { ++used; };
  });
  EXPECT_EQ(used, 50U);
}

INSTANTIATE_TEST_SUITE_P(Threads, InOrder, testing::Values(1, 2, 7));

}  // namespace
}  // namespace recombine
