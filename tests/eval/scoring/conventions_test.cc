// First queries, published scores, and what is shown of answers that could not be read.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "eval/report/report.h"
#include "eval/scoring/evaluation.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"
#include "tests/eval/handmade_facts.h"

namespace recombine {
namespace {

using testing::HasSubstr;

double published_exact(const SplitScores& scores) {
  return scores.published.value().figures.at(0).second;
}

TEST(FirstQueries, LeaveTheOthersOutOfEveryCount) {
  const TemporaryFolder folder;
  const EpisodeSet data =
      write_set(folder / "set", {handmade_episode("a", 4), handmade_episode("b", 2)});
  auto predictions = answer_all(data, "1");
  predictions[0].output = handmade_grid("022");
  PredictionSet predicted("p.jsonl", meta_for(data), predictions);
  predicted.count_first_queries();
  const SplitScores scores = evaluate(data, predicted).scores;
  EXPECT_EQ(scores.planned, 2U);
  EXPECT_EQ(scores.queries, "first");
  EXPECT_DOUBLE_EQ(scores.all.figures.at("exact").value, 0.5);
  EXPECT_EQ(wrong_answers(data, predicted, 10).at(0).item, 1U);
}

TEST(PublishedScores, WeighBatchesOf200EpisodesAlike) {
  const TemporaryFolder folder;
  std::vector<Episode> episodes;
  episodes.reserve(201);
  for (int i = 0; i < 201; ++i) episodes.push_back(handmade_episode("e" + std::to_string(i), 2));
  const EpisodeSet data = write_set(folder / "set", episodes);
  auto predictions = answer_all(data, "022");
  predictions[400].output = handmade_grid("1");  // of the episode alone in the second batch
  predictions[0].output.reset();
  predictions[0].invalid = "no patch";
  EvaluateConfig config;
  const PredictionSet predicted("p.jsonl", meta_for(data), predictions);
  EXPECT_FALSE(evaluate(data, predicted, config).scores.published.has_value())
      << "off unless asked for";
  config.published = true;
  const SplitScores scores = evaluate(data, predicted, config).scores;
  EXPECT_DOUBLE_EQ(published_exact(scores), (199.5 / 200 + 0.5) / 2);
  EXPECT_DOUBLE_EQ(scores.all.figures.at("exact").value, 400.0 / 402) << "ours is as it was";
  EXPECT_EQ(scores.published->batch, 200);
  EXPECT_EQ(scores.published->denominator, "planned");
}

TEST(PublishedScores, OfLanguageModelsCountValidAnswersToFirstQueries) {
  const TemporaryFolder folder;
  const EpisodeSet data =
      write_set(folder / "set", {handmade_episode("a", 2), handmade_episode("b", 2),
                                 handmade_episode("c", 2), handmade_episode("d", 2)});
  auto predictions = answer_all(data, "022");
  predictions[1].output = handmade_grid("1");  // a second query
  predictions[2].output = handmade_grid("1");
  predictions[4].output.reset();
  predictions[4].invalid = "no marker";
  predictions.erase(predictions.begin() + 6);
  PredictionMeta meta = meta_for(data);
  meta.predictor.kind = "llm";
  EvaluateConfig config;
  config.published = true;
  const SplitScores scores =
      evaluate(data, PredictionSet("p.jsonl", meta, predictions), config).scores;
  EXPECT_DOUBLE_EQ(published_exact(scores), 1.0 / 2);
  EXPECT_EQ(scores.published->counted, 2U);
  EXPECT_EQ(scores.published->denominator, "valid");
  EXPECT_EQ(scores.published->queries, "first");
  EXPECT_DOUBLE_EQ(scores.exact_of_valid.value, 4.0 / 6) << "of all queries";
  EXPECT_DOUBLE_EQ(scores.all.figures.at("exact").value, 4.0 / 8);
}

SplitScores published_of(const EpisodeSet& data, const Json& details, const char* kind = "model") {
  PredictionMeta meta = meta_for(data);
  meta.predictor.kind = kind;
  meta.predictor.details = details;
  EvaluateConfig config;
  config.published = true;
  return evaluate(data, PredictionSet("p.jsonl", meta, answer_all(data, "022")), config).scores;
}

TEST(PublishedScores, SayWhereAnswersWereDecodedGreedily) {
  const TemporaryFolder folder;
  const EpisodeSet data = write_set(folder / "set", {handmade_episode("a", 2)});
  EXPECT_THAT(published_of(data, {{"decode", "greedy"}}).published->note,
              HasSubstr("predict --decode teacher"));
  EXPECT_EQ(published_of(data, {{"decode", "teacher"}}).published->note, "");
  EXPECT_EQ(published_of(data, Json::object()).published->note, "") << "answers at once";
  EXPECT_EQ(published_of(data, Json::object(), "llm").published->note, "");
}

TEST(PublishedScores, ShowTheirNoteInTheText) {
  const TemporaryFolder folder;
  const EpisodeSet data = write_set(folder / "set", {handmade_episode("a", 2)});
  const Report report{
      {"model", "m"}, "grids", {{"test_ood", published_of(data, {{"decode", "greedy"}})}}};
  EXPECT_THAT(to_text(report), HasSubstr("test_ood, as published: these answers were decoded"));
}

class UnreadAnswers : public testing::Test {
 protected:
  UnreadAnswers() {
    predictions_ = answer_all(data_, "022");
    for (std::size_t i = 1; i < predictions_.size(); ++i) {
      predictions_[i].output.reset();
      predictions_[i].invalid = "no grid";
    }
  }
  SplitScores scored() const {
    return evaluate(data_,
                    PredictionSet((folder_ / "p.jsonl").string(), meta_for(data_), predictions_))
        .scores;
  }

  TemporaryFolder folder_;
  EpisodeSet data_ =
      write_set(folder_ / "set", {handmade_episode("a", 4), handmade_episode("b", 4)});
  std::vector<Prediction> predictions_;
};

TEST_F(UnreadAnswers, AreShownFiveAtMost) {
  const SplitScores scores = scored();
  ASSERT_EQ(scores.reading.unread.size(), 5U);
  EXPECT_EQ(scores.reading.unread[0], (UnreadAnswer{"a", 1, "no grid", ""}));
  EXPECT_EQ(scores.reading.unread[3].item, "b");
  EXPECT_EQ(scores.invalid, 7U);
}

TEST_F(UnreadAnswers, ShowTheTextsBesideThePredictions) {
  write_file(folder_ / "p.texts.jsonl",
             R"({"item":"a","query":0,"strictness":"strict","text":"output: ..."})"
             "\n"
             R"({"item":"a","query":1,"rung":null,"text":"I cannot\nsay"})"
             "\n");
  const SplitScores scores = scored();
  EXPECT_EQ(scores.reading.unread[0].text, "I cannot say");
  EXPECT_EQ(scores.reading.unread[1].text, "");
  EXPECT_EQ(scores.reading.strictness.at("strict"), (StrictnessCount{1, 1}));
  Report report;
  report.predictor.kind = "llm";
  report.predictor.name = "m";
  report.splits = {{"set", scores}};
  EXPECT_THAT(to_text(report), HasSubstr("I cannot say"));
  write_file(folder_ / "r.json", to_json(report).dump());
  EXPECT_EQ(read_reports(folder_ / "r.json").reports.at(0).splits, report.splits);
  std::string older = read_file(folder_ / "r.json");
  older.replace(older.find("\"strictness\""), std::string("\"strictness\"").size(), "\"rungs\"");
  write_file(folder_ / "older.json", older);
  EXPECT_EQ(read_reports(folder_ / "older.json").reports.at(0).splits, report.splits);
}

TEST_F(UnreadAnswers, ReadTheReadingsBesideThePredictions) {
  write_file(folder_ / "p.readings.json",
             // Older files say "rung".
             R"({"tokens":{"asked":120,"answered":34,"reasoning":0},"cost":0.25,
      "answers":[{"item":"a","query":1,"rung":"","text":"no idea","state":"answered"},
                 {"item":"a","query":0,"rung":"list","text":""}]})");
  const SplitScores scores = scored();
  EXPECT_EQ(scores.reading.unread[0].text, "no idea");
  EXPECT_EQ(scores.reading.strictness.at("list"), (StrictnessCount{1, 1}));
  EXPECT_EQ(scores.reading.tokens, (Tokens{120, 34}));
  EXPECT_EQ(scores.reading.cost, 0.25);
}

TEST_F(UnreadAnswers, RefuseATextsFileThatIsNone) {
  write_file(folder_ / "p.texts.jsonl", "{\"item\":\"a\"}\n");
  try {
    scored();
    FAIL();
  } catch (const DataError& error) {
    EXPECT_THAT(error.what(), HasSubstr("p.texts.jsonl:1: is no text of an answer"));
  }
}

// Deeper than a stack is long: a value that is no text is written again as JSON.
TEST_F(UnreadAnswers, RefuseTextsThatAreNestedTooDeep) {
  constexpr std::size_t kDeep = 300000;
  const std::string nested = std::string(kDeep, '[') + std::string(kDeep, ']');
  write_file(folder_ / "p.texts.jsonl",
             R"({"item":"a","query":1,"rung":null,"text":)" + nested + "}\n");
  try {
    scored();
    FAIL();
  } catch (const DataError& error) {
    EXPECT_THAT(error.what(), HasSubstr("p.texts.jsonl:1: is no text of an answer"));
    EXPECT_THAT(error.what(), HasSubstr("nested deeper than 200 levels"));
  }
}

TEST_F(UnreadAnswers, OfFactsShowWhatWasAnswered) {
  const FactSet facts = write_composed_facts(folder_ / "facts", FactType::kTestOod, {2, 3}, 10);
  auto predictions = answer_truly(facts);
  predictions[0].text = "<nonsense>";
  const SplitScores scores =
      evaluate(facts, PredictionSet("p", facts_meta(facts), predictions)).scores;
  ASSERT_EQ(scores.reading.unread.size(), 1U);
  EXPECT_EQ(scores.reading.unread[0].text, "<nonsense>");
  EXPECT_FALSE(scores.reading.unread[0].reason.empty());
}

TEST(BeginningOfAText, EndsBetweenCharacters) {
  std::string text(299, 'x');
  text += "\u00e9y";
  EXPECT_EQ(beginning_of(text), std::string(299, 'x') + "...");
  EXPECT_EQ(beginning_of("a\r\nb"), "a  b");
}

}  // namespace
}  // namespace recombine
