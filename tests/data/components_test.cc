#include "data/components.h"

#include <gtest/gtest.h>

namespace recombine {
namespace {

TEST(ConnectedComponents, JoinDiagonalsAndColours) {
  const auto components = connected_components(Grid::parse("10200/01000/00003", 5));
  ASSERT_EQ(components.size(), 2U);
  EXPECT_EQ(components[0], (Component{{0, 0}, {0, 2}, {1, 1}}));
  EXPECT_EQ(components[1], (Component{{2, 4}}));
}

TEST(ConnectedComponents, AreNoneOnAnEmptyGrid) {
  EXPECT_TRUE(connected_components(Grid(4)).empty());
}

TEST(ConnectedComponents, CoverAFullGridOnce) {
  Grid full(30);
  for (Colour& cell : full.cells()) cell = 4;
  const auto components = connected_components(full);
  ASSERT_EQ(components.size(), 1U);
  EXPECT_EQ(components[0].size(), 900U);
}

}  // namespace
}  // namespace recombine
