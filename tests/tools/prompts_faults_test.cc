// What `prompts` says where it is asked wrongly.

#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/prompts_fixture.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using PromptFaults = Prompts;

TEST_F(PromptFaults, SayWhatIsWrongInOneLine) {
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
      {with({"--provider", "openai", "--repeats", "all"}), kWrongUse, "of prompts import alone"},
      {with({"--provider", "openai", "--max-tokens", "9"}), kWrongUse,
       "so answers would be cut off; give"},
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

TEST_F(PromptFaults, RefuseResultsOfOtherPrompts) {
  ASSERT_EQ(ask("openai", "p").code, kDone);
  ASSERT_EQ(ask("openai", "q", {"--shots", "1"}).code, kDone);
  write_file(folder_ / "r.jsonl", openai(read_plan(path("q")).requests[0].id, right()));
  const Outcome outcome = read({"r.jsonl"}, "a.jsonl");
  EXPECT_EQ(outcome.code, kBadData);
  EXPECT_THAT(outcome.error, HasSubstr("no row in it answers a request"));
  EXPECT_FALSE(fs::exists(path("a.jsonl")));
}

TEST_F(PromptFaults, ReadPastAFileWithoutAnswers) {
  ASSERT_EQ(ask("openai", "p").code, kDone);
  write_file(folder_ / "r.jsonl", openai(plan().requests[0].id, right()));
  write_file(folder_ / "failed.jsonl", "");
  const Outcome outcome = read({"failed.jsonl", "r.jsonl"}, "a.jsonl");
  EXPECT_EQ(outcome.code, kDone);
  EXPECT_THAT(outcome.error, HasSubstr("failed.jsonl: no row in it answers a request"));
  write_file(folder_ / "failed-too.jsonl", "");
  const Outcome none = read({"failed.jsonl", "failed-too.jsonl"}, "b.jsonl");
  EXPECT_EQ(none.code, kBadData);
  EXPECT_FALSE(fs::exists(path("b.jsonl")));
}

TEST_F(PromptFaults, NameTheModelThatAnswered) {
  ASSERT_EQ(ask("openai", "p").code, kDone);
  const auto answered_by = [&](const std::string& model) {
    Json row = Json::parse(openai(plan().requests[0].id, right()));
    row["response"]["body"]["model"] = model;
    write_file(folder_ / "r.jsonl", row.dump() + "\n");
    const Outcome outcome = read({"r.jsonl"}, "a.jsonl", {"--force"});
    EXPECT_EQ(outcome.code, kDone);
    EXPECT_EQ(readings("a.meta.json")["predictor"]["answered_by"], Json::array({model}));
    return outcome.error;
  };
  EXPECT_EQ(answered_by("model-1-2026-01-31"), "");
  EXPECT_THAT(answered_by("model-2"), HasSubstr("asks model-1, and 1 answers are of model-2"));
}

}  // namespace
}  // namespace recombine
