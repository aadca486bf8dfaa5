// What wrong answers were, in reports.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "eval/report/error_tables.h"
#include "eval/report/evaluate_all.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"
#include "tests/eval/handmade_facts.h"
#include "tests/places.h"

namespace recombine {
namespace {

using testing::HasSubstr;
using testing::Not;

class ErrorReport : public testing::Test {
 protected:
  /// Moves right, paints 2 and grows upwards beside two cells that stay.
  static Episode grown_episode(const std::string& id) {
    Episode episode = handmade_episode(id, 3);
    for (Colour query = 0; query < 3; ++query) {
      const auto colour = static_cast<Colour>(4 + query);
      episode.queries[query].input = with_corners("//33", colour);
      episode.queries[query].output = with_corners("/022/022", colour);
    }
    return episode;
  }

  static Grid with_corners(std::string_view text, Colour colour) {
    Grid grid = handmade_grid(text);
    grid(5, 0) = colour;
    grid(5, 5) = 7;
    return grid;
  }

  /// Of each episode: without the first rule, nothing, the truth.
  std::vector<Prediction> answers() const {
    std::vector<Prediction> predictions;
    for (const Episode& episode : data_) {
      const std::vector<Grid> outputs = {with_corners("/22/22", 4), Grid(6),
                                         episode.queries[2].output};
      for (std::size_t query = 0; query < outputs.size(); ++query) {
        Prediction prediction;
        prediction.item = episode.id;
        prediction.query = static_cast<int>(query);
        prediction.output = outputs[query];
        predictions.push_back(prediction);
      }
    }
    return predictions;
  }

  AllEvaluations evaluated() {
    prediction_sets_.clear();
    prediction_sets_.emplace_back("p", meta_for(data_, "x"), answers());
    return evaluate_all(folder_.path(), prediction_sets_);
  }

  TemporaryFolder folder_;
  EpisodeSet data_ = write_set(folder_ / "test_ood", {grown_episode("a"), grown_episode("b")});
  std::vector<PredictionSet> prediction_sets_;
};

TEST_F(ErrorReport, CountsBySplitAndGroup) {
  const Json json = to_json(evaluated().reports.front());
  const Json& split = json.at("splits").at("test_ood");
  const Json expected = {{"none", 2}, {"rule_left_out", 2}};
  EXPECT_EQ(split.at("errors"), expected);
  EXPECT_EQ(split.at("by").at("triplet").at("grow+set_color+translation").at("errors"), expected);
  EXPECT_EQ(split.at("rule_confusion").at("shape").at("translation x 1").at("left out"), 2);
}

TEST_F(ErrorReport, IsReadBackAsItWasWritten) {
  const Report report = evaluated().reports.front();
  write_file(folder_ / "r.json", to_json(report).dump());
  EXPECT_EQ(read_reports(folder_ / "r.json").reports.front().splits, report.splits);
}

TEST_F(ErrorReport, IsReadWhereAnOlderProgramWroteIt) {
  Json json = to_json(evaluated().reports.front());
  Json& split = json.at("splits").at("test_ood");
  split.erase("errors");
  split.erase("rule_confusion");
  for (Json& group : split.at("by").at("triplet")) group.erase("errors");
  write_file(folder_ / "r.json", json.dump());
  const Report report = read_reports(folder_ / "r.json").reports.front();
  EXPECT_TRUE(report.splits.front().second.all.errors.empty());
  EXPECT_TRUE(error_tables(report).empty());
}

TEST_F(ErrorReport, ReadsAsTwoTables) {
  const std::string text = to_text(evaluated().reports.front());
  EXPECT_THAT(text, testing::ContainsRegex("wrong answers +test_ood\nall +4\n"));
  EXPECT_THAT(text, testing::ContainsRegex("rule_left_out +2 \\(50.0 %\\)"));
  EXPECT_THAT(text, testing::ContainsRegex("test_ood +shape +translation x 1 +left out +2"));
  EXPECT_THAT(text, Not(HasSubstr("rule_twice")));
}

TEST_F(ErrorReport, ShowsTheMostFrequentRulesFirst) {
  Report report = evaluated().reports.front();
  report.splits[0].second.rule_confusion["color"]["set_color 1"] = {{"set_color 2", 9},
                                                                    {"left out", 1}};
  const Table rules = error_tables(report, 2).at(1);
  ASSERT_EQ(rules.rows.size(), 2U);
  EXPECT_EQ(rules.rows[0],
            (std::vector<std::string>{"test_ood", "colour", "set_color 1", "set_color 2", "9"}));
  EXPECT_EQ(rules.rows[1].at(4), "2");
}

TEST(FactErrorReport, KeepsExamples) {
  const TemporaryFolder folder;
  const FactSet data = write_composed_facts(folder / "test_ood", FactType::kTestOod, {2, 3}, 8);
  auto predictions = answer_truly(data);
  for (Prediction& prediction : predictions) prediction.text = "<e_59><e_59></a>";
  std::vector<PredictionSet> prediction_sets;
  prediction_sets.emplace_back("p", facts_meta(data), predictions);
  const AllEvaluations all = evaluate_all(folder.path(), prediction_sets);
  EXPECT_EQ(to_json(all.reports.front()).at("splits").at("test_ood").at("errors"),
            (Json{{"bridge", 8}}));
  EXPECT_EQ(all.judged.front().examples.at("bridge").size(), 5U);
}

TEST(ErrorKinds, AreDescribed) {
  const std::string page = read_file(source_folder() + "/docs/FORMAT.md");
  for (const char* family : {"grids", "facts"}) {
    for (const ErrorKind& kind : error_kinds(family)) {
      EXPECT_THAT(page, HasSubstr("| `" + std::string(kind.name) + "` |"));
      EXPECT_FALSE(kind.summary.empty());
    }
  }
}

}  // namespace
}  // namespace recombine
