#include "eval/scoring/grid_scores.h"

#include <gtest/gtest.h>

namespace recombine {
namespace {

Grid grid(std::string_view text) { return Grid::parse(text, 6); }
GridScore grid_score(std::string_view predicted, std::string_view truth) {
  return score_grid(grid(predicted), grid(truth));
}

TEST(ScoreGrid, ItselfIsRightInAllThreeWays) {
  EXPECT_EQ(grid_score("12/3", "12/3"), (GridScore{true, true, true}));
}

TEST(ScoreGrid, AMovedObjectKeepsColourAndShape) {
  EXPECT_EQ(grid_score("/011/001", "11/01"), (GridScore{false, true, true}));
}

TEST(ScoreGrid, ARecolouredAndMovedObjectKeepsItsShapeAlone) {
  EXPECT_EQ(grid_score("/022/002", "11/01"), (GridScore{false, false, true}));
}

TEST(ScoreGrid, ADuplicatedObjectKeepsColourAndShape) {
  EXPECT_EQ(grid_score("11/01//11/01", "11/01"), (GridScore{false, true, true}));
}

TEST(ScoreGrid, AnEmptyAnswerIsRightOnlyForAnEmptyTruth) {
  EXPECT_EQ(grid_score("", "1"), GridScore{});
  EXPECT_EQ(grid_score("", ""), (GridScore{true, true, true}));
  EXPECT_EQ(grid_score("1", ""), GridScore{});
}

TEST(ScoreGrid, AnExtraColourOrShapeIsWrong) {
  EXPECT_EQ(grid_score("11//2", "11//1"), (GridScore{false, false, true}));
  EXPECT_EQ(grid_score("11//1", "11"), (GridScore{false, true, false}));
}

TEST(ScoreGrid, AGridOfAnotherSideIsNeverExact) {
  EXPECT_EQ(score_grid(Grid::parse("11", 4), grid("11")), (GridScore{false, true, true}));
}

TEST(ShapesOf, JoinsDiagonalNeighboursAndDifferentColours) {
  EXPECT_EQ(shapes_of(grid("01/2")), std::set<std::string>{"0110"});
  EXPECT_EQ(shapes_of(grid("1/01/001")), std::set<std::string>{"001122"});
}

TEST(ShapesOf, WritesCellsBeyondTenAsLetters) {
  Grid wide(12);
  for (int col = 0; col < 12; ++col) wide(5, col) = 3;
  EXPECT_EQ(shapes_of(wide), std::set<std::string>{"000102030405060708090a0b"});
}

TEST(ColoursOf, LeavesTheBackgroundOut) {
  const auto colours = colours_of(grid("109"));
  EXPECT_FALSE(colours[0]);
  EXPECT_TRUE(colours[1]);
  EXPECT_TRUE(colours[9]);
  EXPECT_FALSE(colours[2]);
}

}  // namespace
}  // namespace recombine
