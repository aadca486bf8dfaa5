#include "eval/drawing/trail_scene.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "eval/drawing/scatter.h"
#include "tests/eval/drawing/pixels.h"
#include "tests/eval/handmade.h"

namespace recombine {
namespace {

/// A cell that goes to the right by two rules; the model has the second grid wrong.
Trail one_trail() {
  Trail trail;
  trail.title = "episode e1";
  trail.input = handmade_grid("1");
  trail.rules = {"shape: right", "colour: right"};
  trail.answers = {handmade_grid("01"), handmade_grid("01")};
  trail.truths = {handmade_grid("01"), handmade_grid("001")};
  std::vector<int> stays(36);
  for (int cell = 0; cell < 36; ++cell) stays[static_cast<std::size_t>(cell)] = cell;
  std::vector<int> moves = stays;
  moves[1] = 0;
  trail.copied = {moves, stays};
  return trail;
}

TEST(TrailScene, ShowsTheModelsGridsAboveTheTrueOnes) {
  const std::vector<Trail> trails{one_trail(), one_trail()};
  const Scene scene = trail_scene(trails);
  ASSERT_EQ(scene.grids.size(), 2U * (1 + 2 * 2));
  EXPECT_EQ(scene.grids[1].grid, trails[0].answers[0]);
  EXPECT_EQ(scene.grids[2].grid, trails[0].truths[0]);
  EXPECT_EQ(scene.grids[1].col, scene.grids[2].col);
  EXPECT_GT(scene.grids[2].row, scene.grids[1].row + 5);
  EXPECT_EQ(std::ranges::count(scene.grids[3].wrong, true), 2) << "one is missing, one too many";
  for (const GridPart& part : scene.grids) {
    EXPECT_LE(part.row + 6, scene.rows);
    EXPECT_LE(part.col + 6, scene.cols);
  }
}

TEST(PointerScene, DrawsALineFromEachFilledCellToWhatItCopies) {
  const std::vector<Trail> trails{one_trail()};
  const Scene scene = pointer_scene(trails);
  ASSERT_EQ(scene.grids.size(), 3U);
  ASSERT_EQ(scene.links.size(), 2U) << "a grid has one filled cell";
  const LinkPart& moved = scene.links[0];
  EXPECT_EQ(moved.row, moved.to_row);
  EXPECT_EQ(moved.col, scene.grids[0].col + 0.5);
  EXPECT_EQ(moved.to_col, scene.grids[1].col + 1.5);
  EXPECT_EQ(scene.links[1].col, scene.grids[1].col + 1.5);
}

TEST(PointerScene, DrawsNothingToACellThatIsAColourByItself) {
  std::vector<Trail> trails{one_trail()};
  trails[0].copied[0][1] = -1;
  EXPECT_EQ(pointer_scene(trails).links.size(), 1U);
}

/// A text is half as wide in cells as it has characters.
void expect_room_for_texts(const Scene& scene) {
  for (const TextPart& text : scene.texts) {
    const int end = text.col + static_cast<int>(text.text.size() + 1) / 2;
    EXPECT_LE(end, scene.cols) << text.text;
    for (const TextPart& other : scene.texts)
      EXPECT_FALSE(other.row == text.row && other.col > text.col && other.col < end) << text.text;
  }
}

TEST(TrailScene, HasRoomForLongNamesOfRules) {
  std::vector<Trail> trails{one_trail(), one_trail()};
  trails[1].rules = {"indicator: translation direction=-x step_size=2",
                     "colour: rotation rotation_type=8 and more"};
  trails[1].title = "episode " + std::string(120, 'e');
  expect_room_for_texts(trail_scene(trails));
  const Scene pointers = pointer_scene(trails);
  expect_room_for_texts(pointers);
  EXPECT_EQ(pointers.links[0].col, pointers.grids[0].col + 0.5) << "lines begin at their grid";
  EXPECT_EQ(pointers.links[0].to_col, pointers.grids[1].col + 1.5);
}

TEST(Scatter, IsAnotherPictureWithAnotherCloud) {
  const std::vector<PointCloud> one{{"near", 0, 0, {{0, 0}, {1, 1}}}};
  std::vector<PointCloud> two = one;
  two.push_back({"far", 1, 2, {{100, 100}}});
  const auto pixels = [](const std::vector<PointCloud>& clouds) {
    const Png png = scatter_png(clouds, "title");
    cv::Mat image = pixels_of(png);
    EXPECT_EQ(image.rows, png.height);
    return image;
  };
  const cv::Mat first = pixels(one);
  const cv::Mat second = pixels(two);
  const cv::Mat again = pixels(one);
  EXPECT_EQ(cv::norm(first, again), 0);
  EXPECT_TRUE(first.size() != second.size() || cv::norm(first, second) > 0);
}

}  // namespace
}  // namespace recombine
