// The pieces of an export: files, samples, templates, shots, facts, pictures, estimates.

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "eval/llm/answers/fact_reading.h"
#include "eval/llm/base64.h"
#include "eval/llm/estimate.h"
#include "eval/llm/plan.h"
#include "eval/llm/prompts/asker.h"
#include "eval/llm/prompts/grid_question.h"
#include "eval/llm/prompts/picture.h"
#include "eval/llm/prompts/sample.h"
#include "eval/llm/prompts/template.h"
#include "eval/llm/request_files.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"
#include "tests/eval/handmade_facts.h"
#include "tests/places.h"

namespace recombine {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

template <class Run>
std::string input_error(const Run& run) {
  try {
    run();
  } catch (const InputError& error) {
    return error.what();
  }
  return "nothing thrown";
}

TEST(Base64, IsThatOfTheRfc) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64("\xff\xfe\xfd"), "//79");
}

TEST(RequestWriter, BeginsAFileWhereTheLastIsFull) {
  const TemporaryFolder folder;
  const RequestFiles three = {".json", "{", ",", "}", 3, 0, false};
  RequestWriter writer(folder / "", three);
  for (int i = 0; i < 7; ++i) writer.add({}, std::to_string(i));
  const auto files = writer.finish();
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(read_file(folder / "requests-001.json"), "{0,1,2}");
  EXPECT_EQ(read_file(folder / "requests-003.json"), "{6}");
  EXPECT_EQ(files[0].requests, 3U);
  EXPECT_EQ(files[0].bytes, 7U);
}

TEST(RequestWriter, NeverGoesOverTheSizeThatAFileMayHave) {
  const TemporaryFolder folder;
  const RequestFiles ten = {".jsonl", "", "\n", "\n", 0, 10, false};
  RequestWriter writer(folder / "", ten);
  for (int i = 0; i < 9; ++i) writer.add({}, std::string(static_cast<std::size_t>(i % 3 + 2), 'x'));
  for (const WrittenFile& file : writer.finish()) {
    EXPECT_LE(file.bytes, 10U);
    EXPECT_EQ(file.bytes, std::filesystem::file_size(folder / file.file));
  }
  EXPECT_THAT(input_error([&] { writer.add({}, std::string(10, 'x')); }),
              HasSubstr("a file may have 10"));
}

TEST(StratifiedSample, KeepsTheSharesAndTheSeed) {
  std::vector<std::string> strata;
  strata.reserve(100);
  for (int i = 0; i < 100; ++i)
    strata.emplace_back(i % 10 < 7 ? "often" : i % 10 < 9 ? "some" : "rare");
  const auto chosen = stratified_sample(strata, 20, 1);
  const auto count = [&](const std::string& name) {
    return std::ranges::count_if(chosen, [&](std::size_t i) { return strata[i] == name; });
  };
  EXPECT_EQ(chosen.size(), 20U);
  EXPECT_TRUE(std::ranges::is_sorted(chosen));
  EXPECT_EQ(count("often"), 14);
  EXPECT_EQ(count("some"), 4);
  EXPECT_EQ(count("rare"), 2);
  EXPECT_EQ(stratified_sample(strata, 20, 1), chosen);
  EXPECT_NE(stratified_sample(strata, 20, 2), chosen);
  EXPECT_EQ(stratified_sample(strata, 0, 1).size(), 100U);
  EXPECT_EQ(stratified_sample({"a", "b", "c"}, 2, 1).size(), 2U);
}

TEST(Templates, AreFilledAndNameTheNearestPlace) {
  EXPECT_EQ(fill_template("{{a}} { and {{ b }}{{a}}", {{"a", "1"}, {"b", "{{a}}"}}),
            "1 { and {{a}}1");
  EXPECT_THAT(input_error([] {
                fill_template("{{exmples}}", {{"examples", ""}, {"side", ""}});
              }),
              HasSubstr("did you mean {{examples}}?"));
  EXPECT_THAT(input_error([] { fill_template("x {{a", {{"a", ""}}); }), HasSubstr("no }} closes"));
  EXPECT_TRUE(has_place("x {{ query }}", "query"));
  EXPECT_FALSE(has_place("x query}}", "query"));
}

Episode whole_episode(int queries) {
  Episode episode = handmade_episode("e1", queries);
  for (const Roles roles : kStudySections) {
    episode.study.push_back({roles, handmade_grid("1"), handmade_grid("2")});
  }
  return episode;
}

std::string text_for(const Episode& episode,
                     const PromptConfig& config,
                     std::string_view text = "") {
  const GridTask task = grid_task(episode, config);
  return grid_text(task, task.asked.front().input, config, text);
}

TEST(GridText, HasThePublishedStructure) {
  Episode episode = whole_episode(3);
  episode.study.erase(episode.study.begin(), episode.study.begin() + 2);
  const std::string text = text_for(episode, {});
  EXPECT_THAT(
      text,
      AllOf(HasSubstr("shown 6 pairs"), HasSubstr("In the first 3 pairs a single rule"),
            HasSubstr("In the last 3 pairs two rules"), HasSubstr("output: [[...]"),
            HasSubstr("\n### Input:\nStudy examples:\nexample input 1: [[1, 0, 0, 0, 0, 0], [")));
  const std::string query = python_list(episode.queries[0].input);
  EXPECT_TRUE(text.ends_with("]]\n\nFinal input:\n" + query + "\n")) << text;
}

TEST(GridText, TakesATemplateOfYourOwn) {
  EXPECT_EQ(text_for(whole_episode(2), {}, "{{side}} {{count}}"), "6 8");
}

TEST(GridText, LeavesTheListsToThePicture) {
  PromptConfig config;
  config.image_only = true;
  EXPECT_THAT(text_for(whole_episode(2), config),
              AllOf(HasSubstr("the picture shows"), Not(HasSubstr("[[3, 3"))));
}

TEST(GridText, NamesTheColoursOfAPictureWithoutNumbers) {
  PromptConfig config;
  config.image = true;
  EXPECT_THAT(text_for(whole_episode(2), config), HasSubstr("carries its number"));
  config.palette = "published";
  const auto named = AllOf(HasSubstr("7 pink"), Not(HasSubstr("carries its number")));
  EXPECT_THAT(text_for(whole_episode(2), config), named);
  config.image_only = true;
  EXPECT_THAT(text_for(whole_episode(2), config),
              AllOf(HasSubstr("pink 7"), Not(HasSubstr("carries its number"))));
}

TEST(GridText, FillsTheTemplatesThatShip) {
  const Episode episode = whole_episode(2);
  const std::string query = python_list(episode.queries[0].input);
  for (const char* name : {"carc-12-pairs", "carc-3-pairs", "carc-picture"}) {
    const auto file = std::filesystem::path(source_folder()) / "configs/prompts" / name;
    const std::string text = text_for(episode, {}, read_file(file.string() + ".txt"));
    EXPECT_THAT(text, AllOf(HasSubstr("**8 pairs of an input"), HasSubstr("`output: [[...]]`"),
                            HasSubstr("\n### Input:\nStudy examples:\nexample input 1: [[")));
    EXPECT_TRUE(text.ends_with("]]\n\nFinal input:\n" + query + "\n")) << name;
  }
}

TEST(Shots, AreQueriesThatAreNotAsked) {
  PromptConfig config;
  config.shots = 3;
  config.queries = "all";
  const GridTask ten = grid_task(handmade_episode("e", 6), config);
  EXPECT_EQ(ten.asked.size(), 3U);
  EXPECT_EQ(ten.shown[0].input, handmade_episode("e", 6).queries[3].input);
  Episode many = handmade_episode("e", 6);
  for (int i = 0; i < 8; ++i) many.queries.push_back(many.queries[static_cast<std::size_t>(i % 6)]);
  const GridTask published = grid_task(many, config);
  EXPECT_EQ(published.asked.size(), 10U) << "as published: queries 10, 11, 12 are shown";
  EXPECT_EQ(published.shown[2], many.queries[12]);
  EXPECT_THAT(text_for(many, config), HasSubstr("follows the same rules as the pairs"));
}

TEST(Shots, AreThoseOfASplitThatHasThem) {
  Episode episode = handmade_episode("e", 4);
  episode.study.assign(3, episode.queries[3]);
  PromptConfig config;
  config.shots = 3;
  config.queries = "all";
  EXPECT_EQ(grid_task(episode, config).asked.size(), 4U);
  config.shots = 4;
  EXPECT_THAT(input_error([&] { grid_task(episode, config); }),
              HasSubstr("one must be left to ask"));
}

TEST(QuestionScene, StandsInTwoColumnsFromSevenPairsOn) {
  const Episode episode = whole_episode(1);
  const Grid& query = episode.queries[0].input;
  const Scene eight = question_scene(episode.study, query);
  const Scene three = question_scene(std::span(episode.study).first(3), query);
  EXPECT_EQ(eight.grids.size(), 17U);
  EXPECT_EQ(eight.arrows.size(), 8U);
  EXPECT_GT(eight.cols, three.cols);
  EXPECT_EQ(eight.grids[0].row, eight.grids[8].row) << "the fifth pair begins the second column";
  EXPECT_EQ(eight.grids.back().grid, query);
  EXPECT_EQ(three.texts.back().text, "Final input:");
}

TEST(Estimates, CountListsOfDigitsAsVocabulariesDo) {
  EXPECT_EQ(estimated_tokens(""), 0U);
  EXPECT_EQ(estimated_tokens("hello there"), 2U);
  EXPECT_EQ(estimated_tokens("[0, 1, 2]"), 9U) << "[ 0 , blank 1 , blank 2 ]";
  EXPECT_EQ(estimated_tokens("12345"), 2U);
  Estimate estimate;
  PromptConfig config;
  config.price_in = 2;
  config.price_out = 10;
  estimate.asked = 1'000'000;
  estimate.answered_least = 100'000;
  estimate.answered_most = 200'000;
  EXPECT_THAT(to_text(estimate, config), HasSubstr("about 3.00 to 4.00 to pay"));
}

TEST(FactAsker, TellsThePathAmongOtherFacts) {
  const TemporaryFolder folder;
  write_training_facts(folder / "train");
  const FactSet data = write_composed_facts(folder / "test", FactType::kTestOod, {2, 3}, 4);
  PromptConfig config;
  config.facts = 20;
  const FactAsker asker(data, config, "");
  for (const FactItem& item : data) {
    const Question question = asker.questions(item).front();
    EXPECT_EQ(question.words, 2);
    EXPECT_THAT(question.text, HasSubstr("output: e_a e_b"));
    std::set<std::string> facts;
    std::istringstream lines(question.text);
    std::string line;
    while (std::getline(lines, line)) {
      if (line.starts_with("e_")) facts.insert(line);
    }
    EXPECT_EQ(facts.size(), 20U);
    const auto fact = [](Token head, int relation) {
      return cat("e_", head, " r_", relation, " e_", handmade_tail(head, relation));
    };
    EXPECT_TRUE(facts.contains(fact(item.path[0], 2)));
    EXPECT_TRUE(facts.contains(fact(item.path[1], 3)));
    EXPECT_EQ(question.target, cat("e_", item.path[1], " e_", item.path[2]));
  }
  config.bridge = "off";
  const Question tail = FactAsker(data, config, "").questions(data[0]).front();
  EXPECT_EQ(tail.words, 1);
  EXPECT_EQ(tail.target, cat("e_", data[0].path[2]));
}

struct FactCase {
  const char* text;
  int words;
  std::vector<Token> entities;
  const char* strictness_or_reason;
};

TEST(FactReading, ReadsWhatAPersonReads) {
  const std::vector<FactCase> cases = {
      {"output: e_9 e_4", 2, {9, 4}, "strict"},
      {"OUTPUT: E_9 E_4", 2, {9, 4}, "strict"},
      {"Following the facts, e_1 leads to e_9.\noutput: e_9 e_4", 2, {9, 4}, "strict"},
      {"output: e_9, e_4", 2, {9, 4}, "marked"},
      {"**Output:** `e_9` `e_4`", 2, {9, 4}, "marked"},
      {"output: <e_9><e_4>", 2, {9, 4}, "marked"},
      {"output: e\\_9 e\\_4", 2, {9, 4}, "marked"},
      {"output:\n\ne_9 e_4", 2, {9, 4}, "marked"},
      {"output: e_1 -> e_9 -> e_4", 2, {9, 4}, "marked"},
      {"output: e_4", 2, {4}, "marked"},
      {"output: e_9 e_4", 1, {4}, "marked"},
      {"The answer is e_4.", 1, {4}, "marked"},
      {"e_1 r_2 e_9\ne_9 r_3 e_4", 1, {4}, "last"},
      {"e_4", 1, {4}, "last"},
      {"<think>output: e_7</think>output: e_4", 1, {4}, "marked"},
      {"output: e_7\nWait. The answer is e_4", 1, {4}, "marked"},
      {"output: e_99", 1, {}, "unknown entity"},
      {"output: none", 1, {}, "no entity"},
      {"", 1, {}, "empty answer"},
      {"<think>output: e_4", 1, {}, "thinking never ended"},
  };
  for (const FactCase& wanted : cases) {
    const FactReading reading = read_fact(wanted.text, wanted.words, kHandmadeWorld);
    EXPECT_EQ(reading.entities, wanted.entities) << wanted.text;
    EXPECT_EQ(reading.strictness + reading.reason, wanted.strictness_or_reason) << wanted.text;
  }
  EXPECT_EQ(read_fact("e_1 leads to e_9, and", 1, kHandmadeWorld, true).reason, "cut off");
}

}  // namespace
}  // namespace recombine
