#include "eval/page/report_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/page/page.h"
#include "eval/page/picture_page.h"
#include "eval/report/evaluate_all.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"
#include "tests/eval/handmade_facts.h"
#include "tests/eval/page/page_data.h"

namespace recombine {
namespace {

using testing::HasSubstr;
using testing::Not;

/// The page of predictors' answers to the set "test_ood" in a folder.
std::string page_of(const std::filesystem::path& folder,
                    const std::vector<PredictionSet>& prediction_sets,
                    std::size_t questions) {
  const AllEvaluations all = evaluate_all(folder, prediction_sets);
  ReportPage page;
  page.reports.reports = all.reports;
  page.rows = leaderboard_rows(page.reports);
  page.questions = questions;
  page.sets.push_back({folder / "test_ood", "test_ood", {}});
  for (std::size_t i = 0; i < all.judged.size(); ++i) {
    page.sets[0].answers.push_back(
        {&prediction_sets[i], all.judged[i].report, &all.judged[i].examples});
  }
  return report_page(page);
}

class GridPage : public testing::Test {
 protected:
  std::string page(const std::string& name, std::size_t questions = 100) {
    sets_.clear();
    std::vector<Prediction> answers = answer_all(data_, "22");
    answers[0].output = handmade_grid("022");
    answers.pop_back();
    sets_.emplace_back("p", meta_for(data_, name), answers);
    return page_of(folder_.path(), sets_, questions);
  }

  TemporaryFolder folder_;
  EpisodeSet data_ =
      write_set(folder_ / "test_ood", {handmade_episode("a", 4), handmade_episode("b", 2)});
  std::vector<PredictionSet> sets_;
};

TEST_F(GridPage, HasQuestionsWithTheirAnswers) {
  const Json data = data_of_page(page("x"));
  const Json& set = data.at("sets").at(0);
  EXPECT_EQ(set.at("name"), "test_ood");
  EXPECT_EQ(set.at("digest"), data_.manifest().digest);
  EXPECT_EQ(set.at("recipe"), data_.manifest().recipe);
  EXPECT_EQ(set.at("asked"), 6);
  EXPECT_EQ(set.at("shown"), 6);
  const Json& item = set.at("items").at(0);
  EXPECT_EQ(item.at("size"), 2);
  EXPECT_EQ(item.at("group"), "grow+set_color+translation");
  EXPECT_EQ(item.at("rules").at(0), "translation x 1");
  EXPECT_EQ(item.at("study").at(0), Json({kShapeRole, "44", "044"}));
  const Json& query = item.at("queries").at(1);
  EXPECT_EQ(query.at("in"), "33/////07");
  EXPECT_EQ(query.at("out"), "022");
  EXPECT_EQ(query.at("answers").at(0).at("out"), "22");
  EXPECT_FALSE(query.at("answers").at(0).at("kind").get<std::string>().empty());
  EXPECT_EQ(item.at("queries").at(0).at("answers").at(0), 1) << "right";
  EXPECT_EQ(set.at("items").at(1).at("queries").at(1).at("answers").at(0), 0) << "missing";
}

TEST_F(GridPage, HasItsTablesWithoutAScript) {
  const std::string html = page("x");
  EXPECT_TRUE(html.starts_with("<!doctype html>"));
  EXPECT_THAT(html, HasSubstr("<summary>x, model, grids</summary>"));
  EXPECT_THAT(html, HasSubstr("<th>wrong answers</th>"));
  EXPECT_THAT(html, HasSubstr("<th>test_ood by triplet</th>"));
}

TEST_F(GridPage, ObeysNoName) {
  const std::string hostile = "</script><script>alert(1)</script><!--\xe2\x80\xae";
  const std::string html = page(hostile);
  EXPECT_THAT(html, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(1)"));
  EXPECT_EQ(data_of_page(html).at("reports").at(0).at("predictor").at("name"), hostile);
}

TEST_F(GridPage, AsksForNothing) {
  const std::string html = page("x");
  EXPECT_THAT(html, HasSubstr("default-src 'none'"));
  for (const char* asks : {"src=", "@import", "fetch(", "XMLHttpRequest", "https://"})
    EXPECT_THAT(html, Not(HasSubstr(asks)));
}

TEST_F(GridPage, HasNoQuestionsWhereNoneAreWanted) {
  EXPECT_TRUE(data_of_page(page("x", 0)).at("sets").at(0).at("items").empty());
}

TEST(FactPage, HasThePathAndWhereItWasLeft) {
  const TemporaryFolder folder;
  const FactSet data = write_composed_facts(folder / "test_ood", FactType::kTestOod, {2, 3}, 8);
  auto predictions = answer_truly(data);
  predictions[1].text = "<e_32><e_1></a>";
  predictions[2].text = "nonsense";
  std::vector<PredictionSet> sets;
  sets.emplace_back("p", facts_meta(data), predictions);
  const Json items = data_of_page(page_of(folder.path(), sets, 100)).at("sets").at(0).at("items");
  const Json& item = items.at(1);
  EXPECT_EQ(item.at("nodes"), Json({"e_1", "e_32", "e_20"}));
  EXPECT_EQ(item.at("relations"), Json({"r_2", "r_3"}));
  const Json& answer = item.at("queries").at(0).at("answers").at(0);
  EXPECT_EQ(answer.at("nodes"),
            Json::parse(R"([["e_1", ""], ["e_32", "right"], ["e_1", "wrong"]])"));
  EXPECT_EQ(answer.at("verdict"), "wrong: answer");
  const Json& none = items.at(2).at("queries").at(0).at("answers").at(0);
  EXPECT_EQ(none.at("why"), "not tokens of the vocabulary");
  EXPECT_FALSE(none.contains("nodes"));
}

TEST(Page, RefusesAPlaceThatNothingFills) {
  EXPECT_THROW(filled("picture.html", {}), InputError);
  EXPECT_THROW(filled("no.html", {}), InputError);
}

TEST(Page, LooksOnceAtWhatFillsAPlace) {
  EXPECT_THAT(filled("picture.html", {{"picture", "{{picture}}"}}), HasSubstr("{{picture}}"));
}

TEST(Page, ShowsAPicture) {
  const std::string html = picture_page("a < b", "<svg></svg>");
  EXPECT_THAT(html, HasSubstr("<title>a &lt; b</title>"));
  EXPECT_THAT(html, HasSubstr("<svg></svg>"));
}

TEST(ScriptJson, CannotEndItsScript) {
  EXPECT_EQ(script_json("</script>"), "\"\\u003c/script>\"");
  EXPECT_NO_THROW(script_json("\xff"));
}

TEST(LeaderboardFile, HasTheFormOfItsName) {
  Report report;
  report.predictor = {"model", "best", 7, Json::object()};
  SplitScores scores;
  scores.data_digest = "sha256:abcdef0123456789";
  scores.planned = 100;
  scores.all.figures.add("exact", {0.5, 0.4, 0.6, 0.95, "m"});
  report.splits = {{"test_ood", scores}};
  const ReportSet reports{{report}, {}};
  const auto rows = leaderboard_rows(reports);
  EXPECT_TRUE(leaderboard_text(rows, reports, "a.md").starts_with("# "));
  EXPECT_TRUE(leaderboard_text(rows, reports, "a.csv").starts_with("model,"));
  const std::string html = leaderboard_text(rows, reports, "a.html");
  EXPECT_TRUE(html.starts_with("<!doctype html>"));
  EXPECT_THAT(html, HasSubstr("<td>50.0 [40.0, 60.0]</td>"));
  EXPECT_EQ(data_of_page(html).at("board").at(0).at("label"), "best");
  EXPECT_EQ(Json::parse(leaderboard_text(rows, reports, "a.json")).at("rows").size(), 1U);
  EXPECT_THROW(leaderboard_text(rows, reports, "a.txt"), InputError);
}

}  // namespace
}  // namespace recombine
