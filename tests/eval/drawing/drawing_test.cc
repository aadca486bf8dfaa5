#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "eval/drawing/item_scene.h"
#include "tests/eval/drawing/pixels.h"
#include "tests/eval/handmade.h"

namespace recombine {
namespace {

using testing::HasSubstr;
using testing::Not;

Grid grid(std::string_view text) { return handmade_grid(text); }

Scene one_grid(std::vector<bool> wrong = {}) {
  Scene scene;
  scene.rows = 8;
  scene.cols = 8;
  scene.grids = {{1, 1, grid("12/3"), std::move(wrong)}};
  return scene;
}

std::vector<bool> only(std::size_t cell) {
  std::vector<bool> wrong(36);
  wrong[cell] = true;
  return wrong;
}

TEST(ScenePng, PaintsCellsInTheArcPalette) {
  const Png png = scene_png(one_grid(), {10, false});
  const cv::Mat pixels = pixels_of(png);
  EXPECT_EQ(pixels.rows, png.height);
  EXPECT_EQ(pixels.cols, png.width);
  EXPECT_EQ(pixels.at<cv::Vec3b>(15, 15), cv::Vec3b(217, 116, 0));
  EXPECT_EQ(pixels.at<cv::Vec3b>(15, 25), cv::Vec3b(54, 65, 255));
  EXPECT_EQ(pixels.at<cv::Vec3b>(15, 35), cv::Vec3b(0, 0, 0));
  EXPECT_EQ(pixels.at<cv::Vec3b>(5, 5), cv::Vec3b(255, 255, 255));
}

TEST(ScenePng, PaintsCellsInThePublishedPalette) {
  const DrawingStyle style{10, false, &palette_named("published")};
  const cv::Mat pixels = pixels_of(scene_png(one_grid(), style));
  EXPECT_EQ(pixels.at<cv::Vec3b>(15, 15), cv::Vec3b(0, 0, 255)) << "1 is red";
  EXPECT_EQ(pixels.at<cv::Vec3b>(15, 25), cv::Vec3b(0, 165, 255)) << "2 is orange";
  EXPECT_EQ(pixels.at<cv::Vec3b>(25, 15), cv::Vec3b(0, 255, 255)) << "3 is yellow";
  EXPECT_THAT(scene_svg(one_grid(), style), HasSubstr("#ffa500"));
  EXPECT_EQ(&palette_named("arc"), &kPalette);
}

TEST(ScenePng, FramesWrongCellsInWhite) {
  const cv::Mat pixels = pixels_of(scene_png(one_grid(only(1)), {14, false}));
  const int x = 2 * 14;
  EXPECT_EQ(pixels.at<cv::Vec3b>(14 + 7, x + 1), cv::Vec3b(255, 255, 255));
  EXPECT_EQ(pixels.at<cv::Vec3b>(14 + 7, x + 7), cv::Vec3b(54, 65, 255)) << "the colour stays";
  EXPECT_EQ(pixels.at<cv::Vec3b>(14 + 7, 14 + 1), cv::Vec3b(217, 116, 0));
}

TEST(ScenePng, WritesDigitsWhenAsked) {
  EXPECT_NE(scene_png(one_grid(), {14, true}).bytes, scene_png(one_grid(), {14, false}).bytes);
}

TEST(SceneSvg, HasColoursFramesAndEscapedText) {
  Scene scene = one_grid(only(0));
  scene.texts = {{0, 0, "a < b", TextStyle::kWrong}};
  scene.arrows = {{3, 5}};
  const std::string svg = scene_svg(scene);
  EXPECT_THAT(svg, HasSubstr("#0074d9"));
  EXPECT_THAT(svg, HasSubstr("a &lt; b"));
  EXPECT_THAT(svg, HasSubstr("stroke=\"#fff\""));
  EXPECT_THAT(scene_svg(one_grid()), Not(HasSubstr("stroke=\"#fff\"")));
  EXPECT_THAT(scene_svg(one_grid(), {14, true}), HasSubstr(">3</text>"));
}

TEST(SceneText, WritesDigitsAndMarksWithoutColour) {
  const std::string text = scene_text(one_grid(only(1)), false);
  EXPECT_THAT(text, HasSubstr("  1 2!. . . .\n  3 . . . . .\n"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(SceneText, ColoursCellsAndEndsEveryLinePlain) {
  const std::string text = scene_text(one_grid(), true);
  EXPECT_THAT(text, HasSubstr("48;2;0;116;217m1 "));
  EXPECT_THAT(text, HasSubstr("\x1b[0m\n"));
}

/// How bright a colour is, and the contrast of two (WCAG 2, "relative luminance").
double luminance(const Rgb& colour) {
  const auto linear = [](int part) {
    const double x = part / 255.0;
    return x <= 0.03928 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

double contrast(const Rgb& a, const Rgb& b) {
  const auto [dark, bright] = std::minmax({luminance(a), luminance(b)});
  return (bright + 0.05) / (dark + 0.05);
}

TEST(InkOn, IsReadableOnEveryColour) {
  for (const Rgb& colour : kPalette) {
    const Rgb ink = ink_on(colour);
    EXPECT_TRUE(ink == (Rgb{0, 0, 0}) || ink == (Rgb{255, 255, 255}));
    // What WCAG asks of large text.
    EXPECT_GE(contrast(ink, colour), 3) << &colour - kPalette.data();
  }
}

TEST(EpisodeScene, ShowsRulesTruthAndVerdicts) {
  const Episode episode = handmade_episode("e7", 3);
  const std::vector<ShownAnswer> answers = {
      {grid("022"), ""}, {grid("02"), ""}, {std::nullopt, "truncated"}};
  const std::string text = scene_text(episode_scene(episode, answers, 1), false);
  EXPECT_THAT(text, HasSubstr("episode e7"));
  EXPECT_THAT(text, HasSubstr("shape: translation x 1"));
  EXPECT_THAT(text, HasSubstr("colour: set_color 2"));
  EXPECT_THAT(text, HasSubstr("right"));
  EXPECT_THAT(text, HasSubstr("wrong: 1 cell\n"));
  EXPECT_THAT(text, HasSubstr("no answer"));
  EXPECT_THAT(text, HasSubstr("truncat"));
}

TEST(EpisodeScene, ShowsTheTruthAloneWithoutAnswers) {
  const Scene scene = episode_scene(handmade_episode("e7", 2), {});
  EXPECT_EQ(scene.grids.size(), 2U * 4);
  for (const GridPart& part : scene.grids) {
    EXPECT_LE(part.row + part.grid.side(), scene.rows);
    EXPECT_LE(part.col + part.grid.side(), scene.cols);
  }
}

TEST(GalleryScene, MarksEveryCellOfAnAnswerOfAnotherSide) {
  const GalleryEntry entry{"q", grid("1"), grid("2"), ShownAnswer{Grid(3), ""}};
  const Scene scene = gallery_scene({&entry, 1});
  EXPECT_EQ(scene.grids.back().wrong, std::vector<bool>(9, true));
}

bool apart(const GridPart& a, const GridPart& b) {
  const bool beside = a.col + a.grid.side() <= b.col || b.col + b.grid.side() <= a.col;
  const bool below = a.row + a.grid.side() <= b.row || b.row + b.grid.side() <= a.row;
  return beside || below;
}

/// Every grid within the scene, none upon another or upon an arrow.
void expect_room_for_all(const Scene& scene) {
  for (std::size_t i = 0; i < scene.grids.size(); ++i) {
    const GridPart& part = scene.grids[i];
    EXPECT_LE(part.row + part.grid.side(), scene.rows) << i;
    EXPECT_LE(part.col + part.grid.side(), scene.cols) << i;
    for (std::size_t j = 0; j < i; ++j) EXPECT_TRUE(apart(part, scene.grids[j])) << i << ", " << j;
    for (const ArrowPart& arrow : scene.arrows) {
      EXPECT_TRUE(apart(part, {arrow.row, arrow.col, Grid(1), {}})) << i;
      EXPECT_TRUE(apart(part, {arrow.row, arrow.col + 1, Grid(1), {}})) << i;
    }
  }
}

TEST(GalleryScene, HasRoomForGridsOfDifferentSides) {
  const std::vector<GalleryEntry> entries = {
      {"small", Grid(10), Grid(10), ShownAnswer{Grid(10), ""}},
      {"large", Grid(20), Grid(20), ShownAnswer{Grid(20), ""}},
      {"grows", Grid(3), Grid(9), ShownAnswer{std::nullopt, "no grid"}},
      {"none", Grid(20), Grid(20), std::nullopt},
  };
  for (const int columns : {1, 2, 3}) {
    const Scene scene = gallery_scene(entries, columns);
    expect_room_for_all(scene);
    EXPECT_NO_THROW(scene_text(scene, false)) << columns;
  }
}

TEST(EpisodeScene, HasRoomForAnswersThatAreLargerThanTheTruth) {
  const std::vector<ShownAnswer> answers = {{Grid(14), ""}, {Grid(2), ""}, {Grid(14), ""}};
  for (const int columns : {1, 2}) {
    const Scene scene = episode_scene(handmade_episode("e7", 3), answers, columns);
    expect_room_for_all(scene);
    EXPECT_NO_THROW(scene_text(scene, false)) << columns;
  }
}

TEST(SceneText, LeavesOutWhatLiesBeyondItsPage) {
  Scene scene;
  scene.rows = 2;
  scene.cols = 3;
  scene.grids = {{1, 2, grid("12/3"), {}}};
  scene.texts = {{-1, 0, "above", TextStyle::kPlain}, {0, -1, "left", TextStyle::kPlain}};
  scene.arrows = {{5, 0}};
  scene.links = {{0.5, 1, 0.5, 1, "", false, true}};
  scene.boxes = {{0, 9, 3, 0, "box", BoxStyle::kFaint, ""}};
  EXPECT_EQ(scene_text(scene, false), "ft\n    1\n");
}

TEST(GalleryScene, StandsAnEmptyGallery) { EXPECT_GT(gallery_png({}).height, 0); }

TEST(Shown, SaysWhyThereIsNoAnswer) {
  EXPECT_EQ(shown(nullptr).invalid, "missing");
  Prediction prediction;
  prediction.invalid = "no grid";
  EXPECT_EQ(shown(&prediction).invalid, "no grid");
}

}  // namespace
}  // namespace recombine
