#include "data/reading/in_order.h"

#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace recombine {
namespace {

class StreamInOrder : public testing::TestWithParam<int> {};

TEST_P(StreamInOrder, UsesWhatCameBeforeAnErrorOfItsSource) {
  std::vector<int> used;
  int given = 0;
  const auto next = [&]() -> WorkPart {
    if (given == 20) throw std::runtime_error("the file is cut off");
    return [&used, part = given++] { return [&used, part] { used.push_back(part); }; };
  };
  EXPECT_THROW(stream_in_order(GetParam(), next), std::runtime_error);
  ASSERT_EQ(used.size(), 20U);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(used.at(static_cast<std::size_t>(i)), i);
}

TEST_P(StreamInOrder, AsksForNoMoreAfterAnError) {
  int given = 0;
  const auto next = [&]() -> WorkPart {
    return [part = given++]() -> UseResult {
      if (part == 3) throw std::runtime_error("3");
      return [] {};
    };
  };
  EXPECT_THROW(stream_in_order(GetParam(), next), std::runtime_error) << "and it ends";
  EXPECT_LT(given, 1000);
}

INSTANTIATE_TEST_SUITE_P(Threads,
                         StreamInOrder,
                         testing::Values(1, 2, 8),
                         [](const testing::TestParamInfo<int>& threads) {
                           return std::to_string(threads.param);
                         });

}  // namespace
}  // namespace recombine
