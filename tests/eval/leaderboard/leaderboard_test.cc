#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/leaderboard/rows.h"
#include "eval/tables/table.h"

namespace recombine {
namespace {

using testing::HasSubstr;
using testing::Not;

SplitScores scores_of(double exact) {
  SplitScores scores;
  scores.data_digest = "sha256:abcdef0123456789";
  scores.planned = 100;
  scores.invalid = 5;
  scores.all.planned = 100;
  scores.all.figures.add("exact", {exact, exact - 0.1, exact + 0.1, 0.95, "m"});
  scores.all.figures.add("color", {});
  scores.all.figures.add("shape", {});
  return scores;
}

Report report_of(const std::string& name, double ood, double id) {
  Report report;
  report.predictor.kind = "model";
  report.predictor.name = name;
  report.splits = {{"test_id", scores_of(id)}, {"test_ood", scores_of(ood)}};
  return report;
}

std::vector<LeaderboardRow> rows_of(const std::vector<Report>& reports) {
  return leaderboard_rows({reports, {}});
}

std::vector<LeaderboardRow> three_rows() {
  return rows_of(
      {report_of("worst", 0.2, 0.9), report_of("tied", 0.6, 0.7), report_of("best", 0.6, 0.8)});
}

TEST(Leaderboard, SortsByOodAndThenById) {
  const auto rows = three_rows();
  EXPECT_EQ(rows[0].name, "best");
  EXPECT_EQ(rows[1].name, "tied");
  EXPECT_EQ(rows[2].name, "worst");
}

TEST(Leaderboard, PutsRowsWithoutOodLast) {
  Report id_only = report_of("id only", 0, 1);
  id_only.splits.pop_back();
  EXPECT_EQ(rows_of({id_only, report_of("zero", 0, 0)})[0].name, "zero");
}

TEST(Leaderboard, SaysWhatACheckpointWasChosenBy) {
  Report report = report_of("x", 0.5, 0.5);
  report.predictor.details["chosen_by"] = "val_ood";
  EXPECT_THAT(leaderboard_markdown(rows_of({report})), HasSubstr("| val_ood |"));
}

TEST(Leaderboard, NamesTheRunsOfRowsOfOneName) {
  Report first = report_of("gpt", 0.5, 0.5);
  first.predictor.details = {{"run", "runs/seed-1"}, {"step", 1000}};
  Report second = first;
  second.predictor.details["run"] = "runs/seed-2";
  EXPECT_THAT(leaderboard_markdown(rows_of({first})), HasSubstr("| gpt | model |"));
  const auto rows = rows_of({first, second});
  const std::string text = leaderboard_markdown(rows);
  EXPECT_THAT(text, HasSubstr("| gpt (seed-1) | model |"));
  EXPECT_THAT(text, HasSubstr("| gpt (seed-2) | model |"));
  EXPECT_EQ(leaderboard_json(rows).at("rows")[1].at("run"), "runs/seed-2");
  EXPECT_EQ(leaderboard_json(rows).at("rows")[1].at("step"), 1000);
}

TEST(Leaderboard, NamesTheStepsOfRowsOfOneRun) {
  Report first = report_of("gpt", 0.5, 0.5);
  first.predictor.details = {{"run", "runs/seed-1"}, {"step", 1000}};
  Report second = first;
  second.predictor.details["step"] = 2000;
  const std::string text = leaderboard_markdown(rows_of({first, second}));
  EXPECT_THAT(text, HasSubstr("| gpt (seed-1, step 1,000) | model |"));
  EXPECT_THAT(text, HasSubstr("| gpt (seed-1, step 2,000) | model |"));
}

TEST(Leaderboard, ShowsWhatAReaderMustKnow) {
  Report report = report_of("x", 0.5, 0.5);
  EXPECT_THAT(leaderboard_markdown(rows_of({report})), Not(HasSubstr("note")));
  report.splits[0].second.note = "of another world";
  const auto rows = rows_of({report, report_of("y", 0.1, 0.1)});
  EXPECT_EQ(rows[0].note, report.splits[0].first + ": of another world");
  EXPECT_THAT(leaderboard_markdown(rows), HasSubstr("| " + rows[0].note + " |"));
}

TEST(Leaderboard, KeepsPublishedRowsApart) {
  auto rows = three_rows();
  for (const LeaderboardRow& row : published_rows()) {
    if (row.family == "grids") rows.insert(rows.begin(), row);
  }
  const std::string text = leaderboard_markdown(rows);
  EXPECT_LT(text.find("| worst |"), text.find("Published figures: not measured here"));
  EXPECT_GT(text.find("| MLC |"), text.find("Published figures: not measured here"));
  EXPECT_THAT(text, HasSubstr("| 78.26 | 99.92 | - | arXiv 2504.01445"));
  EXPECT_THAT(leaderboard_csv(rows), HasSubstr("MLC,model,5720213,yes,test_ood,0.7826,,"));
  const Json json = leaderboard_json(rows);
  EXPECT_EQ(json.at("rows").size(), 18U);
  EXPECT_EQ(json.at("rows").front().at("name"), "best");
  EXPECT_EQ(json.at("rows").back().at("published"), true);
  EXPECT_FALSE(json.at("rows").back().at("splits").at("test_ood").at("exact").contains("low"));
  EXPECT_THAT(text, HasSubstr("| MLC without copy task | model | - | - | - | 69.05 | "));
  EXPECT_THAT(text, HasSubstr("| s.d. 9.23 over the four splits |"));
  EXPECT_THAT(leaderboard_html(rows), HasSubstr("<table class=\"published\">"));
}

TEST(Leaderboard, SaysWhatAnswersCostAndWhenTheyWereMade) {
  Report report = report_of("llm", 0.5, 0.5);
  report.predictor.kind = "llm";
  for (auto& [split, scores] : report.splits) {
    scores.reading.tokens = Tokens{1000, 20};
    scores.reading.cost = 0.75;
    scores.date = split == "test_id" ? "2025-02-01" : "2025-01-31";
    scores.queries = "first";
  }
  report.splits[1].second.published = PublishedScores{{{"exact", 0.625}}, "valid", "first", 0, 80};
  const auto rows = rows_of({report, report_of("model", 0.1, 0.1)});
  const std::string text = leaderboard_markdown(rows);
  EXPECT_THAT(text, HasSubstr("| llm, first queries | llm |"));
  EXPECT_THAT(text, HasSubstr("| 1.50 | 2,000 / 40 | 2025-02-01 |"));
  EXPECT_THAT(text, HasSubstr("test_ood exact as published %"));
  EXPECT_THAT(text, HasSubstr("| 62.5 |"));
  const Json row = leaderboard_json(rows).at("rows").at(0);
  EXPECT_EQ(row.at("tokens").at("asked"), 2000);
  EXPECT_EQ(row.at("splits").at("test_ood").at("exact_as_published"), 0.625);
  EXPECT_THAT(leaderboard_csv(rows), HasSubstr(",2025-02-01,1.5,2000,40,yes,,,\r\n"));
  EXPECT_EQ(leaderboard_markdown(three_rows()).find("tokens"), std::string::npos)
      << "no column that nobody fills";
}

TEST(Leaderboard, MarksBaselinesAsAnchors) {
  Report oracle = report_of("oracle", 1, 1);
  oracle.predictor.kind = "baseline";
  oracle.predictor.parameters = 0;
  const auto rows = rows_of({oracle, report_of("model", 0.5, 0.5)});
  EXPECT_THAT(leaderboard_markdown(rows), HasSubstr("| oracle | baseline | - | anchor |"));
  EXPECT_THAT(leaderboard_html(rows), HasSubstr("<tr class=\"anchor\"><td>oracle</td>"));
  EXPECT_EQ(rows[1].tie_group, 1) << "the best that is ranked";
}

Report fact_report() {
  Report report;
  report.family = "facts";
  report.predictor = {"model", "gpt", 428416, Json::parse(R"({"milestones": {
      "val_id": {"0.5": 400, "0.9": 600, "0.99": null}, "val_ood": {}}})")};
  SplitScores scores = scores_of(0.5);
  scores.all.figures = {};
  scores.all.figures.add("exact", {0.5, 0.4, 0.6, 0.95, "wilson"});
  scores.all.figures.add("bridge", {0.7, 0.6, 0.8, 0.95, "wilson"});
  scores.all.figures.add("answer", {0.55, 0.5, 0.6, 0.95, "wilson"});
  report.splits = {{"test_3hop_ood", scores}, {"test_ood", scores}, {"test_id", scores}};
  return report;
}

TEST(Leaderboard, HasATableAFamily) {
  auto rows = rows_of({fact_report(), report_of("grid model", 0.4, 0.5)});
  const std::string text = leaderboard_markdown(rows);
  EXPECT_LT(text.find("## Grids"), text.find("## Facts"));
  EXPECT_THAT(
      text,
      HasSubstr("| model | kind | parameters | tie group | test_id exact % | test_ood exact % | "
                "test_ood bridge % | test_ood answer % | test_3hop_ood exact % | "
                "steps to val_id .5/.9/.95/.99 | chosen by | data |"));
  EXPECT_THAT(text,
              HasSubstr("| gpt | model | 428,416 | 1 | 50.0 [40.0, 60.0] | 50.0 [40.0, 60.0] | "
                        "70.0 [60.0, 80.0] | 55.0 [50.0, 60.0] | 50.0 [40.0, 60.0] | "
                        "400 / 600 / - / - |"));
  EXPECT_THAT(leaderboard_html(rows), HasSubstr("<h2>Facts</h2>"));
  rows.erase(rows.begin());
  EXPECT_EQ(leaderboard_markdown(rows).find("## "), std::string::npos) << "one family, no heading";
}

TEST(Leaderboard, WritesWhatRoundingLeavesOfAZeroAsZero) {
  Report report = report_of("x", 0.5, 0.5);
  SplitScores none = scores_of(0);
  none.all.figures = {};
  none.all.figures.add("exact", {0, 2.8e-17, 0.01, 0.95, "wilson"});
  report.splits = {{"test_ood", none}};
  EXPECT_THAT(leaderboard_csv(rows_of({report})), HasSubstr(",test_ood,0.0,0.0,0.01,"));
}

TEST(Leaderboard, RecordsFiguresAndStepsToReachOfFacts) {
  const auto rows = rows_of({fact_report()});
  const Json row = leaderboard_json(rows).at("rows").at(0);
  EXPECT_EQ(row.at("family"), "facts");
  EXPECT_EQ(row.at("splits").at("test_ood").at("bridge").at("value"), 0.7);
  EXPECT_EQ(row.at("splits").at("val_id").at("steps_to_reach"), (Json{{"0.5", 400}, {"0.9", 600}}));
  const std::string csv = leaderboard_csv(rows);
  EXPECT_THAT(csv, HasSubstr("exact_high,bridge,answer,invalid_share,steps_to_0.5,steps_to_0.9,"));
  EXPECT_THAT(csv, HasSubstr("gpt,model,428416,no,test_ood,0.5,0.4,0.6,0.7,0.55,0.05,,,"));
  EXPECT_THAT(csv, HasSubstr("gpt,model,428416,no,val_id,,,,,,,400,600,"));
}

TEST(Leaderboard, QuotesWhatPapersSayOfFacts) {
  auto rows = published_rows();
  std::erase_if(rows, [](const LeaderboardRow& row) { return row.family != "facts"; });
  const std::string text = leaderboard_markdown(rows);
  EXPECT_THAT(text, HasSubstr("| CoT, hop-2 noise 0.4, 20K steps | model | - | 86.6 | 49.1 |"));
  EXPECT_THAT(text, HasSubstr("| no CoT, phi 7.2, 2M steps | model | - | - | 0 |"));
  for (const LeaderboardRow& row : rows) {
    EXPECT_TRUE(row.published());
    EXPECT_FALSE(row.note.empty()) << row.name;
  }
}

TEST(Table, AlignsByCharacters) {
  EXPECT_EQ(aligned_text({{"name", "n"}, {{"ä", "10"}, {"bcdef", "9"}}}),
            "name    n\nä      10\nbcdef   9\n");
}

TEST(Table, PutsColumnsThatHaveNoRoomBelow) {
  const Table table{{"name", "aaaa", "bbbb"}, {{"x", "1", "2"}}};
  EXPECT_EQ(aligned_text(table, 16), "name  aaaa  bbbb\nx        1     2\n");
  EXPECT_EQ(aligned_text(table, 15), "name  aaaa\nx        1\n\nname  bbbb\nx        2\n");
  EXPECT_EQ(aligned_text(table, 3), aligned_text(table, 15)) << "a column stands at least";
  EXPECT_EQ(aligned_text({{"name"}, {{"x"}}}, 2), "name\nx\n");
}

TEST(Table, QuotesWhatItsFormReserves) {
  const Table table{{"a", "b"}, {{"x,\"y\"", "p|q<r>"}}};
  EXPECT_THAT(csv_text(table), HasSubstr("\"x,\"\"y\"\"\",p|q<r>\r\n"));
  EXPECT_THAT(markdown_text(table), HasSubstr("| p\\|q<r> |"));
  EXPECT_THAT(html_table(table), HasSubstr("<td>p|q&lt;r&gt;</td>"));
}

TEST(Table, WritesNumbersForPeople) {
  EXPECT_EQ(grouped(5720213), "5,720,213");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(percent(Interval{0.7826, 0.7701, 0.7949, 0.95, ""}), "78.3 [77.0, 79.5]");
}

}  // namespace
}  // namespace recombine
