#include "eval/drawing/plot.h"

#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "eval/drawing/chart.h"
#include "eval/drawing/font.h"
#include "eval/drawing/heat_map.h"
#include "eval/drawing/scatter.h"

namespace recombine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

TEST(FigureAxis, EndsOnARoundFigure) {
  EXPECT_THAT(figure_axis(0.3, "").ticks.back(), Pair(1.0, "100 %"));
  EXPECT_EQ(figure_axis(4.2, "").high, 5);
  EXPECT_EQ(figure_axis(37, "").high, 40);
}

TEST(StepAxis, HasAtMostNineTicks) {
  for (const double last : {1.0, 7.0, 60.0, 600.0, 6000.0, 123456.0}) {
    const PlotAxis axis = step_axis(1, last, false);
    EXPECT_LE(axis.ticks.size(), 10U) << last;
    EXPECT_GE(axis.ticks.size(), 2U) << last;
  }
  EXPECT_THAT(step_axis(10, 100, true).ticks,
              ElementsAre(Pair(10, "10"), Pair(20, "20"), Pair(50, "50"), Pair(100, "100")));
}

TEST(PlotAxis, PlacesFiguresBetweenItsEnds) {
  EXPECT_EQ(share_axis("").part(0.25), 0.25);
  EXPECT_EQ(share_axis("").part(7), 1);
  EXPECT_DOUBLE_EQ(step_axis(1, 100, true).part(10), 0.5);
}

Curve some_curve() { return {"a < b", {{0, 0.1}, {10, 0.9}}, {{0.0, 0.2}, {0.8, 1.0}}}; }

TEST(CurvesScene, HasALineADotAPointAndItsSpread) {
  const std::vector<Curve> curves = {some_curve()};
  const Scene scene = curves_scene(curves, "exact", false);
  EXPECT_EQ(scene.areas.size(), 1U);
  EXPECT_EQ(scene.dots.size(), 2U);
  const std::string svg = scene_svg(scene, {.cell = kChartCell});
  EXPECT_THAT(svg, HasSubstr("a &lt; b"));
  EXPECT_THAT(svg, HasSubstr("fill=\"#fff\"")) << "paper";
  EXPECT_THAT(svg, Not(HasSubstr("var(")));
}

TEST(CurvesScene, FollowsThePageThatItIsOn) {
  const std::vector<Curve> curves = {some_curve()};
  const std::string svg = scene_svg(curves_scene(curves, "exact", false),
                                    {.cell = kChartCell, .on_page = true, .about = "a < b"});
  EXPECT_THAT(svg, HasSubstr("stroke:var(--series-0,#0b62a8)"));
  EXPECT_THAT(svg, HasSubstr(R"(aria-label="a &lt; b")"));
  EXPECT_THAT(svg, Not(HasSubstr("fill=\"#fff\""))) << "the page is its paper";
}

TEST(BarsScene, SaysEachShare) {
  const std::vector<Bar> bars = {{"shape", 1}, {"colour", 0.955}};
  EXPECT_THAT(scene_svg(bars_scene(bars, "t"), {.cell = 10}), HasSubstr("95.5 %"));
}

TEST(HeatMapScene, LeavesOutWhatIsNoNumber) {
  const std::vector<HeatMap> maps = {{"t", {"p0", "p1"}, {"L0", "L1"}, {{0.25, NAN}, {1.0, 0.5}}}};
  const Scene scene = heat_map_scene(maps);
  EXPECT_EQ(scene.areas.size(), 3U);
}

TEST(ScatterScene, TellsCloudsApartByForm) {
  const std::vector<PointCloud> clouds = {{"a", 0, 0, {{0, 0}}}, {"b", 1, 2, {{1, 1}}}};
  const Scene scene = scatter_scene(clouds, "t");
  EXPECT_EQ(scene.dots.size(), 4U) << "and two in the legend";
  EXPECT_EQ(scene.dots.back().form, DotForm::kDiamond);
}

TEST(MeanCurve, IsOverStepsThatAllHave) {
  const std::vector<Curve> curves = {{"a", {{10, 0.2}, {20, 0.5}}}, {"a", {{10, 0.4}}}};
  const Curve mean = mean_curve("m", curves);
  ASSERT_EQ(mean.points.size(), 1U);
  EXPECT_DOUBLE_EQ(mean.points[0].second, 0.3);
  EXPECT_THAT(mean.spread, ElementsAre(Pair(0.2, 0.4)));
}

TEST(OverSeeds, MergesRunsOfOneExperimentAlone) {
  const Curve curve{"val_ood", {{10, 0.2}}};
  const auto merged = over_seeds({{"x", "a", {curve}}, {"y", "b", {curve}}, {"x", "c", {curve}}});
  ASSERT_EQ(merged.size(), 2U);
  EXPECT_EQ(merged[0].name, "a, 2 seeds");
  EXPECT_EQ(merged[1].name, "b");
  EXPECT_TRUE(merged[1].curves[0].spread.empty());
  EXPECT_EQ(over_seeds({{"", "a", {curve}}, {"", "b", {curve}}}).size(), 2U) << "not known";
}

TEST(FontText, HasInkWhereTheMachineHasAFont) {
  const auto text = font_text("Aé\xff", 20, false);
  if (!text) GTEST_SKIP() << "no font here";
  EXPECT_GT(text->advance, 20);
  EXPECT_GT(std::ranges::max(text->shares), 200);
  const auto larger = font_text("Aé\xff", 40, false);
  EXPECT_NEAR(larger->advance, 2 * text->advance, 4);
}

TEST(ScenePng, WithStrokesDoesNotDependOnTheFont) {
  Scene scene;
  scene.rows = 3;
  scene.cols = 20;
  scene.texts = {{1, 1, "Study examples"}};
  const Png strokes = scene_png(scene, {.cell = 14, .stroke_letters = true});
  EXPECT_EQ(strokes.bytes, scene_png(scene, {.cell = 14, .stroke_letters = true}).bytes);
  if (font_name() != "none") {
    EXPECT_NE(strokes.bytes, scene_png(scene, {.cell = 14}).bytes);
  }
}

TEST(SceneText, FitsATerminal) {
  Scene scene;
  scene.rows = 1;
  scene.cols = 10;
  scene.texts = {{0, 0, "0123456789abcdef"}};
  EXPECT_EQ(scene_text(scene, TerminalColours::kNone, false, kPalette, 10), "0123456789\n");
}

TEST(SceneText, HasTheColoursOfTheTerminal) {
  Scene scene;
  scene.rows = scene.cols = 1;
  scene.grids = {{0, 0, Grid::parse("1", 1), {}}};
  EXPECT_THAT(scene_text(scene, TerminalColours::k256), HasSubstr("48;5;"));
  EXPECT_THAT(scene_text(scene, TerminalColours::k24Bit, false, kArcPrizePalette),
              HasSubstr("48;2;30;147;255"));
}

TEST(PaletteNamed, KnowsOldAndNewNames) {
  EXPECT_EQ(palette_named("arc"), kPalette);
  EXPECT_EQ(palette_named("official"), kPalette);
  EXPECT_EQ(palette_named("arcprize"), kArcPrizePalette);
  EXPECT_EQ(palette_named("published"), kPublishedPalette);
}

}  // namespace
}  // namespace recombine
