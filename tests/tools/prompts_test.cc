// What a person types to ask a language model, and to read its answers.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/file.h"
#include "data/prediction.h"
#include "eval/prompts/grid_question.h"
#include "eval/prompts/plan.h"
#include "eval/prompts/provider.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"
#include "tests/tools/program.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using Words = std::vector<std::string>;

/// Twelve episodes with three queries each; every answer is "022".
class Prompts : public testing::Test {
 protected:
  Prompts() {
    std::vector<Episode> episodes;
    for (int i = 0; i < 12; ++i) episodes.push_back(handmade_episode("e" + std::to_string(i), 3));
    write_set(folder_ / "test_ood", episodes);
  }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  Outcome ask(const std::string& provider, const std::string& out, const Words& more = {}) const {
    Words words = {"prompts", "export",  "--data", path("test_ood"), "--provider", provider,
                   "--model", "model-1", "--out",  path(out),        "--quiet"};
    words.insert(words.end(), more.begin(), more.end());
    return recombine(words);
  }

  Outcome read(const Words& responses, const std::string& out, const Words& more = {}) const {
    Words words = {"prompts", "import", "--prompts", path("p"), "--out", path(out), "--responses"};
    for (const std::string& file : responses) words.push_back(path(file));
    words.insert(words.end(), more.begin(), more.end());
    return recombine(words);
  }

  PromptPlan plan() const { return read_plan(path("p")); }

  static std::string right() { return "output: " + python_list(handmade_grid("022")); }

  /// A line of OpenAI's results.
  static std::string openai(const std::string& id,
                            const std::string& text,
                            const char* end = "stop") {
    const Json choice = {{"message", {{"content", text}}}, {"finish_reason", end}};
    const Json body = {{"choices", Json::array({choice})},
                       {"usage", {{"prompt_tokens", 100}, {"completion_tokens", 10}}}};
    return Json{{"id", "b"},
                {"custom_id", id},
                {"response", {{"status_code", 200}, {"body", body}}},
                {"error", nullptr}}
               .dump() +
           "\n";
  }

  static std::string errors(const std::string& id) {
    const Json error = {{"code", "rate"}, {"message", "too many"}};
    return Json{{"custom_id", id}, {"response", nullptr}, {"error", error}}.dump() + "\n";
  }

  Json readings(const std::string& name) const { return Json::parse(read_file(path(name))); }

  TemporaryFolder folder_;
};

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
  const Outcome first = read({"r.jsonl"}, "a.jsonl");
  ASSERT_EQ(first.code, kDone) << first.error;
  ASSERT_EQ(read({"t.jsonl", "r.jsonl"}, "b.jsonl").code, kDone);
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
  EXPECT_THAT(outcome.error, HasSubstr("r.jsonl:6: is not JSON; the line may be cut; left out"));
  EXPECT_EQ(readings("a.readings.json").at("reasons"), (Json{{"cut off", 1}, {"refused", 1}}));
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
  EXPECT_THAT(scored.out, HasSubstr("answers that were not read, the first 5"));
  EXPECT_THAT(scored.out, HasSubstr("e4 query 0: no grid: The object moves, e4"));
}

TEST_F(Prompts, SayWhatIsWrongInOneLine) {
  struct Wrong {
    Words words;
    int code;
    const char* part;
  };
  const std::string data = path("test_ood");
  const std::string out = path("x");
  const Words start = {"prompts", "export", "--data", data, "--out", out, "--model", "m"};
  const auto with = [&](const Words& more) {
    Words words = start;
    words.insert(words.end(), more.begin(), more.end());
    return words;
  };
  const std::vector<Wrong> all = {
      {{"prompts"}, kWrongUse, "export or import"},
      {{"prompts", "exprot"}, kWrongUse, "neither export nor import"},
      {start, kWrongUse, "--provider is missing"},
      {with({"--provider", "opnai"}), kWrongUse, "did you mean openai?"},
      {with({"--provider", "lm-eval", "--image"}), kWrongUse, "takes text alone"},
      {with({"--provider", "openai", "--flavour", "vertex"}), kWrongUse, "is for gemini"},
      {with({"--provider", "openai", "--shots", "3"}), kWrongUse, "--shots 3"},
      {with({"--provider", "openai", "--facts", "3"}), kWrongUse, "are for facts"},
      {with({"--provider", "openai", "--sample", "stratified"}), kWrongUse, "needs a --limit"},
      {with({"--provider", "openai", "--responses", "r"}), kWrongUse, "of prompts import alone"},
      {{"prompts", "import", "--limit", "3", "--out", out}, kWrongUse, "of prompts export alone"},
      {{"prompts", "import", "--prompts", data, "--responses", data, "--out", out + ".jsonl"},
       kBadData,
       "prompts.json"},
  };
  for (const Wrong& wrong : all) {
    const Outcome outcome = recombine(wrong.words);
    EXPECT_EQ(outcome.code, wrong.code) << outcome.error;
    EXPECT_THAT(outcome.error, HasSubstr(wrong.part));
    EXPECT_EQ(std::ranges::count(outcome.error, '\n'), 1) << outcome.error;
    EXPECT_FALSE(fs::exists(out));
  }
}

TEST_F(Prompts, RefuseResultsOfOtherPrompts) {
  ASSERT_EQ(ask("openai", "p").code, kDone);
  ASSERT_EQ(ask("openai", "q", {"--shots", "1"}).code, kDone);
  write_file(folder_ / "r.jsonl", openai(read_plan(path("q")).requests[0].id, right()));
  const Outcome outcome = read({"r.jsonl"}, "a.jsonl");
  EXPECT_EQ(outcome.code, kBadData);
  EXPECT_THAT(outcome.error, HasSubstr("no row in it answers a request"));
  EXPECT_FALSE(fs::exists(path("a.jsonl")));
}

}  // namespace
}  // namespace recombine
