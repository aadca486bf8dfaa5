#include "eval/drawing/patterns.h"

#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "eval/drawing/scene.h"
#include "tests/eval/drawing/pixels.h"

namespace recombine {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A row of all colours, 10 cells of 20 pixels.
Scene all_colours() {
  Scene scene;
  scene.rows = 10;
  scene.cols = 10;
  scene.grids = {{0, 0, Grid::parse("0123456789", 10), {}}};
  return scene;
}

DrawingStyle patterned() {
  DrawingStyle style;
  style.cell = 20;
  style.patterns = true;
  return style;
}

TEST(Patterns, AreDifferentForEachColour) {
  std::set<std::vector<std::tuple<double, double, double, double>>> lines;
  std::set<char> signs;
  for (Colour colour = 0; colour < kColours; ++colour) {
    std::vector<std::tuple<double, double, double, double>> own;
    for (const PatternLine& line : pattern_of(colour)) {
      own.emplace_back(line.x, line.y, line.to_x, line.to_y);
      for (const double part : {line.x, line.y, line.to_x, line.to_y}) {
        EXPECT_GE(part, 0);
        EXPECT_LE(part, 1);
      }
    }
    lines.insert(own);
    signs.insert(pattern_sign(colour));
  }
  EXPECT_EQ(lines.size(), 10U);
  EXPECT_EQ(signs.size(), 10U);
  EXPECT_TRUE(pattern_of(0).empty());
}

TEST(Patterns, AreInEveryFormOfAPicture) {
  EXPECT_NE(scene_png(all_colours(), patterned()).bytes, scene_png(all_colours(), {20}).bytes);
  EXPECT_THAT(scene_svg(all_colours(), patterned()), HasSubstr("d=\"M20 5L40 5M20 15L40 15\""));
  EXPECT_THAT(scene_svg(all_colours(), {20}), Not(HasSubstr("M20 5L40 5")));
  EXPECT_THAT(scene_text(all_colours(), false, true), HasSubstr(". - | / \\ + x o q v"));
  EXPECT_THAT(scene_text(all_colours(), false), HasSubstr(". 1 2 3 4 5 6 7 8 9"));
}

TEST(Patterns, LeaveTheColourAroundTheirLines) {
  const Png png = scene_png(all_colours(), patterned());
  const cv::Mat pixels = pixels_of(png);
  EXPECT_EQ(pixels.at<cv::Vec3b>(10, 30), cv::Vec3b(217, 116, 0)) << "between the lines of 1";
  EXPECT_EQ(pixels.at<cv::Vec3b>(5, 30), cv::Vec3b(255, 255, 255)) << "a line of 1";
}

}  // namespace
}  // namespace recombine
