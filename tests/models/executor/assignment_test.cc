#include "models/executor/assignment.h"

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

#include "data/random.h"

namespace recombine {
namespace {

double sum_of(const std::vector<double>& gain, const std::vector<int>& columns) {
  const std::size_t n = columns.size();
  double sum = 0;
  for (std::size_t row = 0; row < n; ++row)
    sum += gain[row * n + static_cast<std::size_t>(columns[row])];
  return sum;
}

TEST(Assignment, IsTheBestOfAllPermutations) {
  for (std::uint64_t item = 0; item < 50; ++item) {
    CounterRandom random(1, item, Stream::kSample);
    const int n = 1 + static_cast<int>(item % 6);
    std::vector<double> gain(static_cast<std::size_t>(n * n));
    // Whole numbers, so that there are ties.
    for (double& value : gain) value = -static_cast<double>(random.below(9));
    std::vector<int> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), 0);
    double best = sum_of(gain, order);
    while (std::ranges::next_permutation(order).found) best = std::max(best, sum_of(gain, order));
    const std::vector<int> found = best_assignment(gain, n);
    EXPECT_TRUE(std::ranges::is_permutation(found, order)) << item;
    EXPECT_EQ(sum_of(gain, found), best) << item;
  }
}

}  // namespace
}  // namespace recombine
