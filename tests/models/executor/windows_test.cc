#include "models/executor/windows.h"

#include <gtest/gtest.h>

#include "data/error.h"
#include "models/executor/indicators.h"
#include "models/executor/windowed_answers.h"
#include "tests/models/executor/taught_executor.h"

namespace recombine {
namespace {

using torch::Tensor;

/// The grids on boards of `side`, so many rows down and columns to the right.
Tensor on_boards(const Tensor& grids, std::int64_t side, std::int64_t down, std::int64_t right) {
  std::vector<std::int64_t> sizes(grids.sizes().begin(), grids.sizes().end() - 2);
  sizes.insert(sizes.end(), {side, side});
  Tensor boards = torch::zeros(sizes, grids.options());
  boards.narrow(-2, down, grids.size(-2)).narrow(-1, right, grids.size(-1)).copy_(grids);
  return boards;
}

/// The episode of the fixtures on a larger board, its indicator too.
GridBatch on_a_larger_board(std::int64_t side, std::int64_t down, std::int64_t right) {
  GridBatch batch = one_episode();
  batch.study = on_boards(batch.study, side, down, right);
  batch.query_inputs = on_boards(batch.query_inputs, side, down, right);
  batch.query_outputs = on_boards(batch.query_outputs, side, down, right);
  return batch;
}

TEST(Windows, HoldTheObjectAndAMarkForTheIndicator) {
  const Windows windows(on_a_larger_board(20, 9, 3), 6);
  const GridBatch cut = windows.episode({0, 1, 2}, 0, Windows::places());
  EXPECT_EQ(cut.study.sizes(), (std::vector<std::int64_t>{1, 6, 2, 6, 6}));
  EXPECT_EQ(cut.query_inputs.sizes(), (std::vector<std::int64_t>{1, 3 * Windows::places(), 6, 6}));
  EXPECT_EQ(cut.study_roles, one_episode().study_roles);
  for (int pair = 0; pair < 6; ++pair) {
    const bool shown = has_indicator(cut.study_roles[static_cast<std::size_t>(pair)]);
    for (int which = 0; which < 2; ++which) {
      const Tensor window = cut.study[0][pair][which];
      EXPECT_EQ(window[5][5].item<int>(), shown ? 7 : 0) << pair;
      EXPECT_EQ(window.ne(0).sum().item<int>(), shown ? 2 : 1) << pair;
    }
  }
}

TEST(Windows, MoveWhatIsInAPairTogether) {
  const GridBatch whole = on_a_larger_board(12, 2, 5);
  const GridBatch cut = Windows(whole, 6).episode({0}, 0, 1);
  const auto moved = [](const Tensor& pair, int indicator) {
    const ObjectBox from = object_box(pair[0] * pair[0].ne(indicator));
    const ObjectBox to = object_box(pair[1] * pair[1].ne(indicator));
    return std::pair{to.top - from.top, to.left - from.left};
  };
  for (int pair = 0; pair < 6; ++pair)
    EXPECT_EQ(moved(cut.study[0][pair], 7), moved(whole.study[0][pair], 7)) << pair;
}

TEST(Windows, PutAnAnswerBackWhereItWas) {
  for (const std::int64_t side : {4, 6, 9, 20}) {
    GridBatch batch = one_episode();
    if (side >= 6) {
      batch = on_a_larger_board(side, (side - 6) / 2, side - 6);
    } else {
      // The grids' first rows and columns, where the objects are.
      batch.study = batch.study.narrow(-1, 0, side).narrow(-2, 0, side);
      batch.query_inputs = batch.query_inputs.narrow(-1, 0, side).narrow(-2, 0, side);
    }
    const Windows windows(batch, 6);
    for (std::int64_t query = 0; query < 3; ++query) {
      for (std::int64_t place = 0; place < Windows::places(); ++place) {
        const Tensor window = windows.episode({query}, place, 1).query_inputs[0][0];
        EXPECT_TRUE(torch::equal(windows.whole(query, place, window), batch.query_inputs[0][query]))
            << side << ", query " << query << ", place " << place;
      }
    }
  }
}

TEST(Windows, LeaveOutAPairThatFitsIntoNone) {
  GridBatch batch = on_a_larger_board(14, 4, 4);
  batch.study = torch::cat({batch.study, batch.study.narrow(1, 0, 1)}, 1);
  batch.study_roles.push_back(kShapeRole);
  batch.study[0][6][1].zero_();
  batch.study[0][6][1][13][13] = 2;
  EXPECT_EQ(Windows(batch, 6).episode({0}, 0, 1).study_roles, one_episode().study_roles);
}

TEST(Windows, KeepPairsThatDoNotFitWhereNothingElseShowsTheRule) {
  GridBatch batch = on_a_larger_board(14, 4, 4);
  batch.study = batch.study.narrow(1, 0, 1).clone();
  batch.study_roles = {kShapeRole};
  batch.study[0][0][1].zero_();
  batch.study[0][0][1][13][13] = 2;
  EXPECT_EQ(Windows(batch, 6).episode({0}, 0, 1).study_roles, batch.study_roles);
}

TEST(Windows, KeepOfThoseThatDoNotFitTheOnesThatAreNeededAlone) {
  GridBatch batch = on_a_larger_board(14, 4, 4);
  for (const int pair : {0, 1, 3, 4}) {  // shape, colour, and the shape with each other one
    batch.study[0][pair][1].zero_();
    batch.study[0][pair][1][13][0] = 2;
  }
  EXPECT_EQ(Windows(batch, 6).episode({0}, 0, 1).study_roles,
            (std::vector<Roles>{kShapeRole, kIndicatorRole, kShapeRole | kColourRole,
                                kShapeRole | kIndicatorRole, kColourRole | kIndicatorRole}))
      << "colour is shown with the indicator";
}

TEST(Windows, MarkTheIndicatorWhereNothingSaysWhatPairsShow) {
  GridBatch batch = on_a_larger_board(9, 1, 2);
  batch.study_roles.assign(6, kUnknownRoles);
  const GridBatch cut = Windows(batch, 6).episode({0}, 0, 1);
  EXPECT_EQ(cut.study_roles, batch.study_roles);
  for (int pair = 0; pair < 6; ++pair) {
    const bool shown = has_indicator(kStudySections.at(static_cast<std::size_t>(pair)));
    EXPECT_EQ(cut.study[0][pair][0][5][5].item<int>(), shown ? 7 : 0) << pair;
  }
}

TEST(Windows, GiveEachIndicatorACorner) {
  GridBatch batch = on_a_larger_board(12, 3, 3);
  batch.study = torch::cat({batch.study, batch.study.narrow(1, 0, 1)}, 1);
  batch.study_roles.push_back(role_bit(3));
  batch.study.select(1, 6).select(-1, 0).select(-1, 0).fill_(8);
  batch.query_inputs.select(-1, 0).select(-1, 0).fill_(8);
  // Queries need all rules that the set has; these say so.
  batch.kinds.assign(3, {.roles = first_roles(4)});
  const GridBatch cut = Windows(batch, 6).episode({0}, 0, 1);
  EXPECT_EQ(cut.study[0][6][0][5][0].item<int>(), 8);
  EXPECT_EQ(cut.study[0][6][0][5][5].item<int>(), 0);
  EXPECT_EQ(cut.study[0][2][0][5][5].item<int>(), 7);
  EXPECT_EQ(cut.query_inputs[0][0][5][5].item<int>(), 7);
  EXPECT_EQ(cut.query_inputs[0][0][5][0].item<int>(), 8);
}

TEST(Windows, LeaveAnObjectWholeThatStandsWhereTheIndicatorIsElsewhere) {
  GridBatch batch = on_a_larger_board(12, 3, 3);
  batch.study[0][0]
      .zero_();  // of the shape alone: an object of the indicator's colour in its place
  batch.study[0][0][0].narrow(0, 8, 1).narrow(1, 7, 2).fill_(7);
  batch.study[0][0][1].narrow(0, 8, 1).narrow(1, 8, 2).fill_(7);
  const GridBatch cut = Windows(batch, 6).episode({0}, 0, 1);
  EXPECT_EQ(cut.study[0][0][0].count_nonzero().item<int>(), 2);
  EXPECT_EQ(cut.study[0][0][1].count_nonzero().item<int>(), 2);
}

TEST(Windows, DoNotMakeAnIndicatorOfPairsOfOneObject) {
  GridBatch batch = on_a_larger_board(12, 3, 3);
  batch.study = torch::stack({batch.query_inputs, batch.query_outputs}, 2);
  batch.study_roles.assign(3, kAllRoles);
  for (int pair = 0; pair < 3; ++pair) {  // the same rules on a larger object of one shape
    for (int which = 0; which < 2; ++which) {
      Tensor grid = batch.study[0][pair][which];
      const ObjectBox box = object_box(grid * grid.ne(7));
      grid.narrow(0, box.top - 1, 3).narrow(1, box.left - 1, 3).fill_(which == 0 ? 2 : 1);
    }
  }
  const GridBatch cut = Windows(batch, 6).episode({0}, 0, 1);
  Tensor common = cut.study[0][0][0];
  for (int pair = 0; pair < 3; ++pair) {
    for (int which = 0; which < 2; ++which) common = common * common.eq(cut.study[0][pair][which]);
  }
  EXPECT_EQ(common.ne(0).sum().item<int>(), 1) << "the mark alone\n" << common;
}

TEST(WindowedAnswers, NeedStudyPairs) {
  GridBatch nothing = on_a_larger_board(9, 2, 1);
  nothing.study = nothing.study.narrow(1, 0, 0);
  nothing.study_roles.clear();
  EXPECT_THROW(windowed_answers(taught(), nothing), InputError);
}

TEST(WindowedAnswers, OfManyEpisodesAreThoseOfEach) {
  const GridBatch one = on_a_larger_board(9, 2, 1);
  GridBatch two = one;
  two.study = two.study.repeat({2, 1, 1, 1, 1});
  two.query_inputs = two.query_inputs.repeat({2, 1, 1, 1});
  const Tensor each = windowed_answers(taught(), one).grids;
  EXPECT_TRUE(torch::equal(windowed_answers(taught(), two).grids, torch::cat({each, each})));
}

TEST(PossibleIndicators, AreWhatStandsStillInTheMostPairs) {
  const std::vector<Indicated> possible = possible_indicators(on_a_larger_board(9, 1, 1).study);
  ASSERT_FALSE(possible.empty());
  for (std::size_t pair = 0; pair < 6; ++pair)
    EXPECT_EQ(possible.front()[pair], has_indicator(kStudySections.at(pair))) << pair;
}

TEST(PossibleIndicators, AreNoneWhereNothingStandsStill) {
  const std::vector<Indicated> possible =
      possible_indicators(torch::zeros({1, 2, 2, 6, 6}, torch::kUInt8));
  ASSERT_EQ(possible.size(), 1U);
  EXPECT_EQ(possible.front(), Indicated(2, false));
}

}  // namespace
}  // namespace recombine
