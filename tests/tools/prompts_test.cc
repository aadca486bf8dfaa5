// What a person types to ask a language model, and to read its answers.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/storage/prediction.h"
#include "eval/llm/provider.h"
#include "tests/eval/handmade_facts.h"
#include "tests/tools/prompts_fixture.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

TEST_F(Prompts, AskWithIdsThatEveryProviderTakesAndTheSameBytes) {
  for (const Provider& provider : providers()) {
    const std::string out = "p-" + std::string(provider.name);
    const Outcome outcome = ask(std::string(provider.name), out, {"--queries", "all"});
    ASSERT_EQ(outcome.code, kDone) << outcome.error;
    EXPECT_THAT(outcome.out, HasSubstr("36 requests"));
    ASSERT_EQ(ask(std::string(provider.name), out, {"--queries", "all", "--force"}).code, kDone);
    std::set<std::string> seen;
    for (const PlannedRequest& request : read_plan(path(out)).requests) {
      EXPECT_LE(request.id.size(), 63U);
      EXPECT_EQ(request.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-"),
                std::string::npos);
      EXPECT_TRUE(seen.insert(request.id).second);
    }
    EXPECT_EQ(seen.size(), 36U);
  }
  EXPECT_EQ(read_plan(path("p-openai")).requests, read_plan(path("p-text")).requests);
}

TEST_F(Prompts, GiveTheSameBytesTwice) {
  for (const Provider& provider : providers()) {
    const std::string name(provider.name);
    const Words more = provider.images ? Words{"--image"} : Words{};
    ASSERT_EQ(ask(name, "a-" + name, more).code, kDone);
    ASSERT_EQ(ask(name, "b-" + name, more).code, kDone);
    int files = 0;
    for (const auto& entry : fs::directory_iterator(folder_ / ("a-" + name))) {
      ++files;
      if (entry.path().extension() == ".yaml") continue;  // names its own folder
      EXPECT_EQ(read_file(entry.path()),
                read_file(folder_ / ("b-" + name) / entry.path().filename().string()));
    }
    EXPECT_GE(files, 2);
  }
}

TEST_F(Prompts, PlanWhatALimitLeaves) {
  ASSERT_EQ(ask("openai", "p", {"--limit", "5"}).code, kDone);
  EXPECT_EQ(plan().requests.size(), 5U);
  write_file(folder_ / "r.jsonl", openai(plan().requests[2].id, right()));
  const Outcome outcome = read({"r.jsonl"}, "a.jsonl");
  ASSERT_EQ(outcome.code, kDone) << outcome.error;
  EXPECT_THAT(outcome.out, HasSubstr("5 planned: 1 answered, 4 missing"));
  const PredictionMeta meta = read_prediction_meta(path("a.jsonl"));
  EXPECT_EQ(meta.planned, 5U);
  EXPECT_EQ(meta.planned_items, (Words{"e0", "e1", "e2", "e3", "e4"}));
  EXPECT_EQ(meta.queries_per_item, 1);
  const Outcome scored = recombine({"evaluate", "--data", path("test_ood"), "--predictions",
                                    path("a.jsonl"), "--json", "--quiet"});
  ASSERT_EQ(scored.code, kDone) << scored.error;
  const Json scores = Json::parse(scored.out).at("splits").at("test_ood");
  EXPECT_EQ(scores.at("planned"), 5);
  EXPECT_EQ(scores.at("missing"), 4);
  EXPECT_EQ(scores.at("exact").at("value"), 0.2);
}

TEST_F(Prompts, ComeBackAsRowsWithTheKeysOfTheContract) {
  ASSERT_EQ(ask("openai", "p").code, kDone);
  const auto requests = plan().requests;
  write_file(folder_ / "r.jsonl", openai(requests[0].id, right()) + errors(requests[1].id) +
                                      openai(requests[2].id, "no idea"));
  ASSERT_EQ(read({"r.jsonl"}, "a.jsonl").code, kDone);
  for (const char* name : {"a.jsonl", "a.strict.jsonl"}) {
    std::ifstream rows(path(name));
    std::string line;
    int count = 0;
    for (; std::getline(rows, line); ++count) {
      Words keys;
      const Json row = Json::parse(line);
      for (const auto& [key, value] : row.items()) keys.push_back(key);
      EXPECT_EQ(keys, (Words{"item", "query", "output", "invalid", "log_probability"}));
    }
    EXPECT_EQ(count, 3);
  }
  const auto predictions = read_predictions(path("a.jsonl"));
  EXPECT_EQ(predictions[0].output, handmade_grid("022"));
  EXPECT_EQ(predictions[1].invalid, "provider error");
  EXPECT_EQ(predictions[2].invalid, "no grid");
}

TEST_F(Prompts, ComeBackTheSameInAnyOrderAndWithRepeats) {
  ASSERT_EQ(ask("openai", "p").code, kDone);
  std::vector<std::string> lines;
  for (const PlannedRequest& request : plan().requests) {
    lines.push_back(errors(request.id));
    lines.push_back(openai(request.id, right()));
    lines.push_back(openai(request.id, "output: []"));
  }
  std::string all;
  for (const std::string& line : lines) all += line;
  std::ranges::reverse(lines);
  std::string turned;
  for (const std::string& line : lines) turned += line;
  write_file(folder_ / "r.jsonl", all);
  write_file(folder_ / "t.jsonl", turned + turned);
  const Outcome first = read({"r.jsonl"}, "a.jsonl", {"--repeats", "majority"});
  ASSERT_EQ(first.code, kDone) << first.error;
  ASSERT_EQ(read({"t.jsonl", "r.jsonl"}, "b.jsonl", {"--repeats", "majority"}).code, kDone);
  EXPECT_EQ(read_file(path("a.jsonl")), read_file(path("b.jsonl")));
  EXPECT_EQ(read_file(path("a.readings.json")), read_file(path("b.readings.json")));
  EXPECT_THAT(first.out, HasSubstr("12 answered"));
  EXPECT_THAT(first.out, AllOf(HasSubstr("12 contradicting"), HasSubstr("24 repeated")));
}

TEST_F(Prompts, CountCutRefusedAndDamagedAnswers) {
  ASSERT_EQ(ask("openai", "p").code, kDone);
  const auto requests = plan().requests;
  const std::string cut = right().substr(0, 30);
  const std::string whole = openai(requests[3].id, right());
  write_file(folder_ / "r.jsonl",
             openai(requests[0].id, cut, "length") + openai(requests[1].id, right(), "length") +
                 openai(requests[2].id, "", "content_filter") + "{\"unknown\": 1}\n" +
                 openai("r00000000-e1-q0", right()) + whole.substr(0, whole.size() / 2));
  const Outcome outcome = read({"r.jsonl"}, "a.jsonl");
  ASSERT_EQ(outcome.code, kDone) << outcome.error;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("2 cut off, 9 missing, 1 refused"),
                                 HasSubstr("1 damaged, 1 of no provider"),
                                 HasSubstr("1 to other prompts"), HasSubstr("read: 1 (1 strict)")));
  EXPECT_THAT(outcome.error, HasSubstr("r.jsonl:6: ends inside a value, at byte"));
  EXPECT_THAT(outcome.error, HasSubstr("it is cut off; left out"));
  EXPECT_THAT(outcome.out, HasSubstr("ended: 1 content_filter, 2 length"));
  EXPECT_EQ(readings("a.readings.json").at("reasons"), (Json{{"cut off", 1}, {"refused", 1}}));
}

TEST_F(Prompts, CountAnAnswerOfSeveralByARule) {
  ASSERT_EQ(ask("openai", "p", {"--limit", "2"}).code, kDone);
  const std::string id = plan().requests[0].id;
  const std::string other = "output: " + python_list(handmade_grid("100"));
  write_file(folder_ / "r.jsonl", openai(id, other) + openai(id, right()) +
                                      openai(id, "The grid is\n" + right()) +
                                      openai(id, other + "."));
  const auto answer = [&](const char* rule) {
    const std::string out = std::string(rule) + ".jsonl";
    const Outcome outcome = read({"r.jsonl"}, out, {"--repeats", rule});
    EXPECT_EQ(outcome.code, kDone) << outcome.error;
    EXPECT_THAT(outcome.out, HasSubstr("several answers: to 1 question; counted: "));
    return read_predictions(path(out)).at(0).output;
  };
  EXPECT_EQ(answer("first"), handmade_grid("100"));
  EXPECT_EQ(answer("last"), handmade_grid("100"));
  EXPECT_EQ(answer("majority"), handmade_grid("022")) << "two of each: the first in the alphabet";
  EXPECT_EQ(answer("all"), handmade_grid("100"));
  EXPECT_EQ(read_predictions(path("all.2.jsonl")).at(0).output, handmade_grid("022"));
  EXPECT_EQ(read_predictions(path("all.4.jsonl")).at(0).output, handmade_grid("100"));
  EXPECT_EQ(read_prediction_meta(path("all.3.jsonl")).predictor.name, "model-1, answer 3");
  EXPECT_EQ(read_prediction_meta(path("all.3.jsonl")).planned, 2U);
  EXPECT_EQ(read({"r.jsonl"}, "all.jsonl", {"--repeats", "all"}).code, kBadData);
  EXPECT_EQ(read({"r.jsonl"}, "x.jsonl", {"--repeats", "most"}).code, kWrongUse);
}

TEST_F(Prompts, KeepWhatWasLeftOutOfAnAnswer) {
  ASSERT_EQ(ask("openai", "p", {"--limit", "2"}).code, kDone);
  write_file(folder_ / "r.jsonl",
             openai(plan().requests[0].id, "<THINK>hm</THINK>" + right()) +
                 openai(plan().requests[1].id, "Thinking...\n" + std::string(30000, 'x')));
  const Outcome outcome = read({"r.jsonl"}, "a.jsonl");
  ASSERT_EQ(outcome.code, kDone) << outcome.error;
  EXPECT_THAT(outcome.out,
              HasSubstr("thoughts left out of answers, by mark: 1 Thinking..., 1 think"));
  const Json json = readings("a.readings.json");
  EXPECT_EQ(json.at("thoughts"), (Json{{"Thinking...", 1}, {"think", 1}}));
  const Json& answers = json.at("answers");
  EXPECT_EQ(answers[0].at("thoughts")[0], (Json{{"kind", "think"}, {"bytes", 2}, {"text", "hm"}}));
  EXPECT_EQ(answers[1].at("thoughts")[0].at("bytes"), 30001);
  EXPECT_EQ(answers[1].at("thoughts")[0].at("text").get<std::string>().size(), 20000U);
}

// A terminal obeys what an answer says; a person at it must not have to.
TEST_F(Prompts, ShowControlCharactersOfAnswersEscaped) {
  ASSERT_EQ(ask("openai", "p", {"--limit", "2"}).code, kDone);
  const std::string evil =
      "\x1b]0;title\x07no grid\xc2\x9b"
      "31m\u202e";
  write_file(folder_ / "r.jsonl", openai(plan().requests[0].id, evil, "\x1b[2J") +
                                      openai("r0-\x1b[31m", right()) + "{\x1b[2J}\n");
  const Outcome outcome = read({"r.jsonl"}, "a.jsonl", {"--name", "m\x1b[5m"});
  ASSERT_EQ(outcome.code, kDone) << outcome.error;
  const Outcome scored = recombine(
      {"evaluate", "--data", path("test_ood"), "--predictions", path("a.jsonl"), "--quiet"});
  for (const std::string& seen : {outcome.out, outcome.error, scored.out, scored.error}) {
    EXPECT_EQ(seen.find('\x1b'), std::string::npos) << seen;
    EXPECT_EQ(seen.find('\x07'), std::string::npos) << seen;
    EXPECT_EQ(seen.find("\xc2\x9b"), std::string::npos) << seen;
    EXPECT_EQ(seen.find("\u202e"), std::string::npos) << seen;
  }
  EXPECT_THAT(outcome.out, HasSubstr("ended: 1 \\x1b[2J"));
  EXPECT_THAT(scored.out, HasSubstr("\\x1b]0;title\\x07no grid\\x9b31m\\u202e"));
  EXPECT_THAT(scored.out, HasSubstr("m\\x1b[5m (llm)"));
}

TEST_F(Prompts, AreReadOutOfTextFiles) {
  ASSERT_EQ(ask("text", "p", {"--limit", "3"}).code, kDone);
  const auto requests = plan().requests;
  EXPECT_THAT(read_file(folder_ / "p" / (requests[1].id + ".txt")), HasSubstr("example input 2: "));
  fs::create_directories(folder_ / "answers");
  write_file(folder_ / "answers" / (requests[0].id + ".txt"), right());
  write_file(folder_ / "answers" / (requests[1].id + ".md"), "**Output:**\n" + right());
  const Outcome outcome = read({"answers"}, "a.jsonl");
  ASSERT_EQ(outcome.code, kDone) << outcome.error;
  EXPECT_THAT(outcome.out, HasSubstr("3 planned: 2 answered, 1 missing"));
  const Outcome prompts = read({"p"}, "b.jsonl");
  EXPECT_EQ(prompts.code, kBadData);
  EXPECT_THAT(prompts.error, HasSubstr("is a question and no answer"));
}

TEST_F(Prompts, ShowAnswersThatNobodyRead) {
  ASSERT_EQ(ask("openai", "p").code, kDone);
  std::string rows;
  for (const PlannedRequest& request : plan().requests)
    rows += openai(request.id, "The object\nmoves, " + request.item);
  write_file(folder_ / "r.jsonl", rows);
  ASSERT_EQ(read({"r.jsonl"}, "a.jsonl").code, kDone);
  const Outcome scored = recombine(
      {"evaluate", "--data", path("test_ood"), "--predictions", path("a.jsonl"), "--quiet"});
  EXPECT_THAT(scored.out, HasSubstr("answers that could not be read"));
  EXPECT_THAT(scored.out, ContainsRegex("e4 +0 +no grid +The object moves, e4"));
}

TEST_F(Prompts, AskAboutFactsAndScoreTheBridge) {
  write_training_facts(folder_ / "train");
  write_composed_facts(folder_ / "test_id", FactType::kTestIid, {2, 3}, 5);
  const Outcome asked = recombine({"prompts", "export", "--data", path("test_id"), "--provider",
                                   "openai", "--model", "m", "--out", path("p"), "--quiet"});
  ASSERT_EQ(asked.code, kDone) << asked.error;
  std::string rows;
  const FactSet data(folder_ / "test_id");
  for (std::size_t i = 0; i < 4; ++i) {
    const auto path = data[i].path;
    const std::string bridge = i < 2 ? cat("e_", path[1], " ") : "e_59 ";
    rows += openai(plan().requests[i].id, cat("output: ", bridge, "e_", path[2]));
  }
  write_file(folder_ / "r.jsonl", rows);
  ASSERT_EQ(read({"r.jsonl"}, "a.jsonl").code, kDone);
  const Outcome scored = recombine({"evaluate", "--data", path("test_id"), "--predictions",
                                    path("a.jsonl"), "--json", "--quiet"});
  ASSERT_EQ(scored.code, kDone) << scored.error;
  const Json scores = Json::parse(scored.out).at("splits").at("test_id");
  EXPECT_EQ(scores.at("exact").at("value"), 0.4);
  EXPECT_EQ(scores.at("bridge").at("value"), 0.4);
  EXPECT_EQ(scores.at("answer").at("value"), 0.8);
  EXPECT_EQ(scores.at("missing"), 1);
  EXPECT_THAT(read_file(path("a.jsonl")), Not(HasSubstr("forced")));
}

}  // namespace
}  // namespace recombine
