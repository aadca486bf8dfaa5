#include <cmath>

#include <gtest/gtest.h>

#include "models/executor/searched_answers.h"
#include "models/executor/windowed_answers.h"

namespace recombine {
namespace {

using torch::Tensor;

/// A grid of one filled cell.
Tensor filled(std::int64_t cell) {
  Tensor grid = torch::zeros({3, 3}, torch::kUInt8);
  grid.flatten()[cell] = 1;
  return grid;
}

WindowVote vote(const Tensor& grid, double sure, std::size_t margin) {
  return {.grid = grid,
          .log_probability = torch::tensor(std::log(sure)),
          .margin = margin,
          .cells = grid.count_nonzero().item<std::int64_t>()};
}

Tensor winner(const std::vector<WindowVote>& votes) { return winning_vote(votes).grid; }

TEST(WindowVotes, AddUp) {
  EXPECT_TRUE(winner({vote(filled(0), .9, 2), vote(filled(1), .6, 2), vote(filled(1), .6, 2)})
                  .equal(filled(1)));
}

TEST(WindowVotes, CountLessNearTheEdge) {
  EXPECT_TRUE(winner({vote(filled(0), .9, 0), vote(filled(1), .9, 1)}).equal(filled(1)));
  EXPECT_TRUE(winner({vote(filled(0), .9, 1), vote(filled(1), .9, 2)}).equal(filled(1)));
  EXPECT_TRUE(winner({vote(filled(0), .9, 0), vote(filled(0), .9, 0), vote(filled(1), .9, 2)})
                  .equal(filled(1)))
      << "two that have lost the same beyond the edge";
}

TEST(WindowVotes, CountLessForEachCellThatIsLost) {
  Tensor whole = filled(0);
  whole[2][2] = 1;
  EXPECT_TRUE(
      winner({vote(filled(0), .9, 2), vote(filled(0), .9, 2), vote(whole, .9, 2)}).equal(whole));
}

TEST(WindowVotes, CountByHowSureTheyAre) {
  EXPECT_TRUE(winner({vote(filled(0), .3, 2), vote(filled(1), .8, 2)}).equal(filled(1)));
  EXPECT_NEAR(winning_vote({vote(filled(0), .8, 2)}).log_probability.item<double>(), std::log(.8),
              1e-6);
}

/// [1, 1, 1, 10]: one query, whose grid is one cell of this colour, so sure.
Tensor explained(std::int64_t colour, double sure) {
  Tensor cell = torch::full({kColours}, (1 - sure) / (kColours - 1));
  cell[colour] = sure;
  return cell.view({1, 1, 1, kColours});
}

std::int64_t colour_of(const std::vector<Tensor>& answers, const std::vector<double>& weights) {
  return voted(torch::stack(answers), weights).argmax(-1).item<std::int64_t>();
}

TEST(ExplanationVotes, AddUpByTheWeightOfTheExplanation) {
  const std::vector<Tensor> answers = {explained(4, .9), explained(7, .9), explained(7, .9)};
  EXPECT_EQ(colour_of(answers, {.4, .3, .3}), 7);
  EXPECT_EQ(colour_of(answers, {.8, .1, .1}), 4);
}

TEST(ExplanationVotes, CountByHowSureTheAnswerIs) {
  EXPECT_EQ(colour_of({explained(4, .2), explained(7, .9)}, {.6, .4}), 7);
}

TEST(ExplanationVotes, AreTakenForEachQueryByItself) {
  const Tensor first = torch::cat({explained(1, .9), explained(2, .9)});
  const Tensor second = torch::cat({explained(1, .9), explained(3, .99)});
  const Tensor chosen = voted(torch::stack({first, second}), {.5, .5});
  EXPECT_EQ(chosen[0].argmax().item<std::int64_t>(), 1);
  EXPECT_EQ(chosen[1].argmax().item<std::int64_t>(), 3);
}

}  // namespace
}  // namespace recombine
