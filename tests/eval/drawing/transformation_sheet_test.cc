#include "eval/drawing/transformation_sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace recombine {
namespace {

using testing::HasSubstr;

TEST(TransformationSheet, ShowsEveryOneOnThreeShapes) {
  const auto all = transformations();
  const Scene sheet = transformation_sheet(all, 2);
  EXPECT_EQ(sheet.arrows.size(), 3 * all.size());
  const std::string text = scene_text(transformation_sheet(all, 1), false);
  for (const Transformation* transformation : all)
    EXPECT_THAT(text, HasSubstr(std::string(transformation->name) + ": "));
  for (const GridPart& part : sheet.grids) {
    EXPECT_LE(part.row + part.grid.side(), sheet.rows);
    EXPECT_LE(part.col + part.grid.side(), sheet.cols);
  }
}

TEST(TransformationSheet, ShowsWhatTheTransformationDoesOrThatItDoesNothing) {
  const std::array<const Transformation*, 1> hollow = {&find_transformation("fill_holes")};
  const Scene sheet = transformation_sheet(hollow, 1);
  ASSERT_EQ(sheet.grids.size(), 4U) << "one of the three shapes has a hole";
  const std::string text = scene_text(sheet, false);
  EXPECT_THAT(text, HasSubstr("neighbours = 4 (of 4, 8)"));
  EXPECT_THAT(text, HasSubstr("changes nothing"));
  int cells = 0;
  for (const GridPart& part : sheet.grids) {
    for (int row = 0; row < part.grid.side(); ++row) {
      for (int col = 0; col < part.grid.side(); ++col) cells += part.grid(row, col) != 0 ? 1 : 0;
    }
  }
  EXPECT_EQ(cells, 6 + 9 + 10 + 9);
}

}  // namespace
}  // namespace recombine
