#include "data/grid.h"

#include <gtest/gtest.h>

#include "data/episode.h"
#include "data/error.h"

namespace recombine {
namespace {

TEST(Grid, ReadsShortTextAsAWholeGrid) {
  const Grid grid = Grid::parse("12/3", 3);
  EXPECT_EQ(to_text(grid), "120/300/000");
  EXPECT_EQ(grid(0, 1), 2);
  EXPECT_EQ(Grid::parse(to_text(grid), 3), grid);
}

TEST(Grid, RefusesWhatDoesNotFit) {
  EXPECT_THROW(Grid::parse("1234", 3), InputError);
  EXPECT_THROW(Grid::parse("1/2/3/4", 3), InputError);
  EXPECT_THROW(Grid::parse("1a", 3), InputError);
}

TEST(Triplet, IsTheSameForEveryOrderOfRoles) {
  Grammar grammar;
  grammar.shape_rule().type = "mirror";
  grammar.colour_rule().type = "grow";
  grammar.indicator_rule().type = "translation";
  const std::string triplet_text = triplet(grammar);
  std::swap(grammar.shape_rule(), grammar.indicator_rule());
  EXPECT_EQ(triplet(grammar), triplet_text);
  EXPECT_EQ(triplet_text, "grow+mirror+translation");
}

TEST(SectionName, SaysWhichRulesAreInForce) {
  EXPECT_EQ(section_name(kShapeRole | kIndicatorRole), "shape+indicator");
  EXPECT_EQ(section_name(kUnknownRoles), "unknown");
}

}  // namespace
}  // namespace recombine
