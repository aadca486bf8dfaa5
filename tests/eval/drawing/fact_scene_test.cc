#include "eval/drawing/fact_scene.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "eval/report/entries.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/drawing/pixels.h"
#include "tests/eval/handmade.h"
#include "tests/eval/handmade_facts.h"

namespace recombine {
namespace {

using testing::HasSubstr;
using testing::Not;

const FactItem kTwoHop = handmade_fact(FactType::kTestOod, 1, {2, 3});

std::string text_of(const Scene& scene) { return scene_text(scene, false); }

Scene scene_of(const FactItem& item, std::optional<SaidFact> said = {}) {
  return fact_scene({item, std::move(said)}, kHandmadeWorld, {});
}

TEST(FactScene, ShowsThePathOfTheQuestion) {
  const std::string text = text_of(scene_of(kTwoHop));
  EXPECT_THAT(text, HasSubstr("e1.r2.r3  (test_inferred_ood)"));
  EXPECT_THAT(text, HasSubstr("<e_1><r_2><r_3>"));
  EXPECT_THAT(text, HasSubstr("<e_32><e_20></a>"));
  EXPECT_THAT(text, HasSubstr("|        e_1         | ---------------> |        e_32        |"));
  EXPECT_THAT(text, HasSubstr("+- head "));
  EXPECT_THAT(text, HasSubstr("+- bridge "));
  EXPECT_THAT(text, HasSubstr("+- tail "));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(FactScene, MarksWrongEntitiesBesideTheTruth) {
  const std::string text = text_of(scene_of(kTwoHop, SaidFact{"<e_32><e_5></a>", ""}));
  EXPECT_THAT(text, HasSubstr("wrong: answer"));
  EXPECT_THAT(text, HasSubstr("e_5 !"));
  EXPECT_THAT(text, Not(HasSubstr("e_32 !")));
  EXPECT_THAT(text_of(scene_of(kTwoHop, SaidFact{"<e_32><e_20></a>", ""})), Not(HasSubstr("!")));
}

TEST(FactScene, ShowsAnAnswerWithoutItsBridgeAtTheTail) {
  const FactItem plain = handmade_fact(FactType::kTestOod, 1, {2, 3}, false);
  const std::string text = text_of(scene_of(plain, SaidFact{"<e_5></a>", ""}));
  EXPECT_THAT(text, HasSubstr("?"));
  EXPECT_THAT(text, HasSubstr("e_5 !"));
}

TEST(FactScene, SaysThatAnAnswerIsNoise) {
  FactItem item = kTwoHop;
  item.noisy = true;
  item.tokens[4] = 7;
  const std::string text = text_of(scene_of(item));
  EXPECT_THAT(text, HasSubstr("<e_32><e_7></a>   (drawn as noise; the path shows the truth)"));
  EXPECT_THAT(text, HasSubstr(" e_20 "));
}

TEST(FactScene, ShowsOtherFactsAroundEveryEntity) {
  const TemporaryFolder folder;
  write_training_facts(folder / "train");
  const FactSet data = write_facts(folder / "test", {kTwoHop});
  const auto world = facts_beside(data);
  EXPECT_EQ(world.size(), 360U);
  const Scene scene = fact_scene({kTwoHop, {}}, kHandmadeWorld, world);
  const auto small =
      std::ranges::count_if(scene.boxes, [](const BoxPart& box) { return box.rows == 1; });
  EXPECT_EQ(small, 3 * 4);
  EXPECT_EQ(std::ranges::count(scene.links, true, &LinkPart::faint), 3 * 4);
  for (const BoxPart& box : scene.boxes) {
    EXPECT_GE(box.row, 0);
    EXPECT_LE(box.row + box.rows, scene.rows);
    EXPECT_LE(box.col + box.cols, scene.cols);
  }
}

TEST(FactScene, ShowsBothEntitiesOfAComparison) {
  const Scene scene = fact_scene({handmade_comparison(1, 3, 8), {}}, kHandmadeComparison, {});
  ASSERT_EQ(scene.boxes.size(), 2U);
  EXPECT_EQ(scene.boxes[0].text, "e_3");
  EXPECT_EQ(scene.boxes[1].text, "e_8");
  ASSERT_EQ(scene.links.size(), 1U);
  EXPECT_EQ(scene.links[0].label, "attr_1");
  EXPECT_FALSE(scene.links[0].arrow);
}

TEST(FactScene, StandsAnItemWhosePathIsNotKnown) {
  FactItem item = kTwoHop;
  item.path.clear();
  EXPECT_EQ(scene_of(item, SaidFact{"<e_32></a>", ""}).boxes.size(), 1U);
}

TEST(FactScene, IsPaintedInItsColours) {
  Scene scene;
  scene.rows = 5;
  scene.cols = 12;
  scene.boxes = {{1, 1, 3, 10, "", BoxStyle::kWrong, ""}};
  scene.links = {{0.5, 1, 0.5, 8, "", false, true}};
  const Png png = scene_png(scene, {20, false});
  const cv::Mat pixels = pixels_of(png);
  const Rgb fill = box_ink(BoxStyle::kWrong).fill;
  EXPECT_EQ(pixels.at<cv::Vec3b>(50, 120), cv::Vec3b(fill.blue, fill.green, fill.red));
  EXPECT_EQ(pixels.at<cv::Vec3b>(10, 80), cv::Vec3b(68, 68, 68));
  EXPECT_EQ(pixels.at<cv::Vec3b>(20, 20), cv::Vec3b(255, 255, 255)) << "corners are round";
}

TEST(FactScene, IsTheSameInSvgAndOnTheTerminal) {
  const Scene scene = scene_of(kTwoHop, SaidFact{"<e_32><e_5></a>", ""});
  const std::string svg = scene_svg(scene);
  EXPECT_THAT(svg, HasSubstr(">bridge</text>"));
  EXPECT_THAT(svg, HasSubstr(">r_2</text>"));
  EXPECT_THAT(svg, HasSubstr("&lt;e_32&gt;&lt;e_5&gt;&lt;/a&gt;"));
  EXPECT_THAT(svg, HasSubstr("#fddede")) << "the fill of what is wrong";
  EXPECT_THAT(scene_text(scene, true), HasSubstr("48;2;253;222;222m"));
}

TEST(FactVerdict, SaysWhatIsWrong) {
  const auto of = [](const std::string& text, const std::string& invalid = "") {
    return verdict({kTwoHop, SaidFact{text, invalid}}, kHandmadeWorld);
  };
  EXPECT_EQ(of("<e_32><e_20></a>"), "right");
  EXPECT_EQ(of("<e_32><e_21></a>"), "wrong: answer");
  EXPECT_EQ(of("<e_31><e_20></a>"), "wrong: bridge");
  EXPECT_EQ(of("<e_31><e_21></a>"), "wrong: bridge and answer");
  EXPECT_EQ(of("<e_32><e_3><e_20></a>"), "wrong: its length");
  EXPECT_EQ(of("", "truncated"), "no answer: truncated");
  EXPECT_EQ(said(nullptr, kHandmadeWorld).invalid, "missing");
}

TEST(FactGallery, HasEveryQuestionWithItsAnswer) {
  const TemporaryFolder folder;
  const FactSet data = write_composed_facts(folder / "test", FactType::kTestOod, {2, 3}, 20);
  auto predictions = answer_truly(data);
  predictions[5].text = "<e_1><e_1></a>";
  const PredictionSet predicted("p", facts_meta(data), predictions);
  const auto entries = spread_entries(data, &predicted, 4);
  ASSERT_EQ(entries.size(), 4U);
  EXPECT_EQ(entries[1].item, data[5]);
  const std::string text = text_of(fact_gallery(entries, kHandmadeWorld, 1));
  EXPECT_THAT(text, HasSubstr("predicted <e_1><e_1></a>: wrong: bridge and answer"));
  const auto wrong = wrong_entries(data, predicted, 10);
  ASSERT_EQ(wrong.size(), 1U);
  EXPECT_EQ(wrong[0].item, data[5]);
  EXPECT_GT(fact_gallery({}, kHandmadeWorld).rows, 0);
}

}  // namespace
}  // namespace recombine
