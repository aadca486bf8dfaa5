// Files of Compositional-ARC's authors, and of those who use their scripts, as a person types them.

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "data/storage/prediction.h"
#include "tests/data/temporary_folder.h"
#include "tests/tools/prompts_fixture.h"

namespace recombine {
namespace {

using testing::HasSubstr;

class PublishedResults : public Prompts {
 protected:
  static std::string row(int number, const Json& answer, const Json& error = nullptr) {
    return Json{{"custom_id", "test_sample_" + std::to_string(number)},
                {"status_code", error.is_null() ? 200 : 500},
                {"error", error},
                {"evaluator_input", Json::array({"..."})},
                {"evaluator_response", answer}}
               .dump() +
           "\n";
  }

  Outcome take(const Words& files, const Words& more = {}) const {
    Words words = {"prompts", "import",        "--data",     path("test_ood"),
                   "--out",   path("a.jsonl"), "--responses"};
    for (const std::string& file : files) words.push_back(path(file));
    words.insert(words.end(), more.begin(), more.end());
    return recombine(words);
  }
};

TEST_F(PublishedResults, AnswerTheFirstQueryOfTheEpisodeThatTheyNumber) {
  write_file(path("r.jsonl"), row(11, right()) + row(0, "output: [[1]]") + row(3, right()) +
                                  row(4, nullptr, "timeout") + row(12, right()));
  const Outcome taken = take({"r.jsonl"}, {"--name", "gpt-4o"});
  ASSERT_EQ(taken.code, kDone) << taken.error;
  EXPECT_THAT(taken.out, HasSubstr("12 planned: 3 answered, 8 missing, 1 provider error"));
  EXPECT_THAT(taken.error, HasSubstr("test_sample_12, which is not planned here"));
  const PredictionMeta meta = read_prediction_meta(path("a.jsonl"));
  EXPECT_EQ(meta.predictor.name, "gpt-4o");
  EXPECT_EQ(meta.queries_per_item, 1);
  EXPECT_EQ(meta.planned, 12U);
  EXPECT_TRUE(meta.planned_items.empty());
  const Outcome scored = recombine({"evaluate", "--data", path("test_ood"), "--predictions",
                                    path("a.jsonl"), "--published", "--json", "--quiet"});
  const Json split = Json::parse(scored.out).at("splits").at("test_ood");
  EXPECT_EQ(split.at("exact").at("value"), 2.0 / 12);
  EXPECT_EQ(split.at("published").at("figures").at("exact"), 1.0) << "of the valid answers";
}

TEST_F(PublishedResults, OfVertexAreReadToo) {
  const Json part = {{"text", right()}};
  const Json content = {{"content", {{"parts", Json::array({part})}}}, {"finishReason", "STOP"}};
  const Json gemini = {{"status", ""},
                       {"request", {{"labels", {{"custom_id", "test_sample_7"}}}}},
                       {"response", {{"candidates", Json::array({content})}}}};
  write_file(path("g.jsonl"), gemini.dump() + "\n");
  const Outcome taken = take({"g.jsonl"});
  ASSERT_EQ(taken.code, kDone) << taken.error;
  EXPECT_EQ(read_predictions(path("a.jsonl")).at(0).item, "e7");
}

TEST_F(PublishedResults, AreNamedAfterTheirFolder) {
  std::filesystem::create_directory(folder_ / "o3-mini");
  write_file(folder_ / "o3-mini/b.jsonl", row(1, right()));
  ASSERT_EQ(take({"o3-mini"}).code, kDone);
  EXPECT_EQ(read_prediction_meta(path("a.jsonl")).predictor.name, "o3-mini");
}

TEST_F(PublishedResults, AnswerASetOrPromptsAndNotBoth) {
  write_file(path("r.jsonl"), row(1, right()));
  const Outcome both = take({"r.jsonl"}, {"--prompts", path("p")});
  EXPECT_EQ(both.code, kWrongUse);
  EXPECT_THAT(both.error, HasSubstr("--data: is for results as the published scripts keep them"));
  write_file(path("n.jsonl"), row(99, right()));
  const Outcome none = take({"n.jsonl"});
  EXPECT_EQ(none.code, kBadData);
  EXPECT_THAT(none.error, HasSubstr("no row in it answers a request of"));
}

class PublishedFacts : public testing::Test {
 protected:
  PublishedFacts() {
    const Outcome made =
        recombine({"generate", "facts", "--entities", "40", "--relations", "8", "--degree", "5",
                   "--lambda", "1", "--out", path("world"), "--quiet"});
    EXPECT_EQ(made.code, kDone) << made.error;
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  Outcome take(const std::string& text) const {
    write_file(path("all_items.json"), text);
    return recombine({"prompts", "import", "--data", path("world/test_ood"), "--responses",
                      path("all_items.json"), "--out", path("p.jsonl"), "--force"});
  }

  TemporaryFolder folder_;
};

// The first fact of this world's test_ood is <e_0><r_5><r_3>, <e_13><e_9>: docs/FORMAT.md.
TEST_F(PublishedFacts, AreReadInBothSpellings) {
  for (const char* key : {"model_output", "model output"}) {
    const std::string input = key[5] == '_' ? "input_text" : "input text";
    const Json rows = {{{input, "<e_0> <r_5> <r_3>"},
                        {"target_text", ""},
                        {key, "<e_0><r_5><r_3><e_13> <e_9></a><e_1>"}},
                       {{input, "<e_1><r_1>"}, {key, "<e_1><r_1><e_2></a>"}}};
    const Outcome taken = take(rows.dump());
    ASSERT_EQ(taken.code, kDone) << taken.error;
    EXPECT_THAT(taken.out, HasSubstr("3 planned: 1 answered, 2 missing; 1 rows of other"));
    EXPECT_EQ(read_predictions(path("p.jsonl")).at(0).text, "<e_13><e_9></a><e_1>");
  }
  const Outcome scored = recombine({"evaluate", "--data", path("world/test_ood"), "--predictions",
                                    path("p.jsonl"), "--json", "--quiet"});
  EXPECT_EQ(Json::parse(scored.out).at("splits").at("test_ood").at("exact").at("value"), 1.0 / 3);
}

TEST_F(PublishedFacts, SayWhatIsWrongWithARow) {
  const auto refused = [&](const std::string& text, const char* words) {
    const Outcome taken = take(text);
    EXPECT_EQ(taken.code, kBadData) << text;
    EXPECT_THAT(taken.error, HasSubstr(words));
    EXPECT_FALSE(std::filesystem::exists(path("p.jsonl")));
  };
  refused(R"([{"input_text": "<e_0><r_5><r_3>"}])", "item 0: has no text \"model_output\"");
  refused(R"([{"model_output": ""}])", "has no text \"input_text\"");
  refused(R"([3])", "is no object");
  refused(R"({"a": 1})", "all_items.json");
  refused(R"([{"input_text": "<e_0><r_5>", "model_output": ""}])", "no row answers an item of");
  refused(R"([{"input_text": "<e_0><r_5><r_3>", "model_output": "<e_1></a>"},
              {"input_text": "<e_0><r_5><r_3>", "model_output": "<e_2></a>"}])",
          "answers otherwise");
}

class SilentBaseline : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  Outcome ask(const char* name) const {
    return recombine(
        {"baseline", name, "--data", path("set"), "--out", path("b.jsonl"), "--quiet", "--force"});
  }

  TemporaryFolder folder_;
};

TEST_F(SilentBaseline, OfTheOracleHasAReason) {
  Episode odd = handmade_episode("a", 3);
  odd.study[0].output = handmade_grid("9");
  write_set(folder_ / "set", {odd, handmade_episode("b", 2)});
  const Outcome asked = ask("oracle");
  ASSERT_EQ(asked.code, kDone);
  EXPECT_THAT(asked.error, HasSubstr("no answer to 3 queries: no program explains the study"));
  EXPECT_THAT(ask("copy-input").error, testing::Not(HasSubstr("no answer")));
}

}  // namespace
}  // namespace recombine
