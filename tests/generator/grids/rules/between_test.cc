#include "generator/grids/rules/between.h"

#include <bit>

#include <gtest/gtest.h>

#include "generator/grids/search/episode.h"

namespace recombine {
namespace {

TEST(GridsBetween, LeadFromEveryInputToItsOutput) {
  const EpisodeMaker maker({}, 3);
  int examples = 0;
  for (std::uint64_t index = 0; index < 40; ++index) {
    const Episode episode = maker.make(index, 0);
    for (const auto* list : {&episode.study, &episode.queries}) {
      for (const Example& example : *list) {
        const auto grids = grids_between(episode, example);
        ASSERT_TRUE(grids) << episode.id;
        EXPECT_EQ(grids->size(), static_cast<std::size_t>(std::popcount(example.roles)));
        EXPECT_EQ(grids->back(), example.output);
        ++examples;
      }
    }
  }
  EXPECT_GE(examples, 40 * 38);
}

TEST(GridsBetween, ApplyTheRulesInTheirOrder) {
  // Two rules one after the other, by hand: up, then to the right.
  Episode episode;
  episode.grammar.shape_rule() = {"grow", {{"direction", "-x"}}};
  episode.grammar.colour_rule() = {"translation", {{"direction", "x"}, {"step_size", "1"}}};
  const Example example{kShapeRole | kColourRole, Grid::parse("000/020/000", 3),
                        Grid::parse("002/002/000", 3)};
  const auto grids = grids_between(episode, example);
  ASSERT_TRUE(grids);
  EXPECT_EQ(grids->front(), Grid::parse("020/020/000", 3));
}

TEST(GridsBetween, AreNotThereWithoutRules) {
  EXPECT_FALSE(grids_between(Episode{}, {kShapeRole, Grid(3), Grid(3)}));
}

/// A grid of side 10 with this rectangle of colour 3.
Grid filled(int top, int bottom, int width) {
  Grid grid(10);
  for (int row = top; row <= bottom; ++row) {
    for (int col = 0; col < width; ++col) grid(row, col) = 3;
  }
  return grid;
}

TEST(GridsBetween, AreNotThereForMoreCellsThanARuleCanDouble) {
  Episode episode;
  episode.grammar.shape_rule() = {"grow", {{"direction", "-x"}}};
  const auto grids = [&](const Grid& input, const Grid& output) {
    return grids_between(episode, {kShapeRole, input, output});
  };
  ASSERT_TRUE(grids(filled(1, 4, 8), filled(0, 4, 8))) << "32 cells";
  EXPECT_FALSE(grids(filled(1, 4, 9), filled(0, 4, 9))) << "36 cells";
  EXPECT_FALSE(grids(filled(1, 9, 10), filled(0, 9, 10))) << "90 cells";
  EXPECT_FALSE(grids_between(Episode{}, {kShapeRole, filled(0, 9, 10), Grid(10)}));
}

TEST(CommonPart, IsTheIndicator) {
  const EpisodeMaker maker({}, 5);
  for (std::uint64_t index = 0; index < 20; ++index) {
    const Episode episode = maker.make(index, 0);
    const Grid common = common_part(episode);
    int cells = 0;
    for (const Colour cell : common.cells()) {
      EXPECT_TRUE(cell == 0 || cell == episode.grammar.indicators[0].colour);
      cells += cell != 0 ? 1 : 0;
    }
    EXPECT_EQ(cells, static_cast<int>(episode.grammar.indicators[0].shape.size()) / 2);
  }
}

}  // namespace
}  // namespace recombine
