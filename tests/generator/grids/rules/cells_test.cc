#include "generator/grids/rules/cells.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "data/error.h"

namespace recombine {
namespace {

TEST(Cells, AreSortedAndDistinct) {
  Cells cells;
  for (const Cell cell : {Cell{2, 1}, Cell{0, 5}, Cell{2, 1}, Cell{-1, 9}, Cell{2, 0}})
    cells.insert(cell);
  ASSERT_EQ(cells.size(), 4);
  EXPECT_TRUE(std::is_sorted(cells.begin(), cells.end()));
  EXPECT_TRUE(cells.contains({-1, 9}));
  EXPECT_FALSE(cells.contains({1, 9}));
}

TEST(ShapeText, IsCanonical) {
  EXPECT_EQ(shape_text(parse_shape("1001")), "0110");
  EXPECT_EQ(shape_text(parse_shape("0001").moved(4, 7)), "0001");
  Cells wide;
  wide.insert({0, 0});
  wide.insert({0, 12});
  EXPECT_EQ(shape_text(wide), "000c");
  EXPECT_EQ(parse_shape("000c"), wide);
  EXPECT_THROW(parse_shape("0"), InputError);
  EXPECT_THROW(parse_shape("0Z"), InputError);
}

TEST(Touching, MeansBesideOrAcrossACorner) {
  const Cells one = parse_shape("00");
  EXPECT_TRUE(touching(one, one.moved(1, 1)));
  EXPECT_TRUE(touching(one, one));
  EXPECT_FALSE(touching(one, one.moved(0, 2)));
  EXPECT_FALSE(touching(one, one.moved(2, 1)));
}

TEST(OnGrid, IncludesTheEdges) {
  const Cells square = parse_shape("00011011");
  EXPECT_TRUE(on_grid(square.moved(3, 3), 5));
  EXPECT_FALSE(on_grid(square.moved(4, 3), 5));
  EXPECT_FALSE(on_grid(square.moved(0, -1), 5));
}

}  // namespace
}  // namespace recombine
