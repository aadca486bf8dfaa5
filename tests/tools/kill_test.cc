// Verbs that need no LibTorch, killed at any moment (tests/tools/killed_verb.h).

#include <algorithm>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "eval/llm/plan.h"
#include "tests/tools/killed_verb.h"
#include "tools/command.h"
#include "tools/torch_verbs.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;

constexpr const char* kGivenGrids = "generate grids --episodes 400 --out @/grids";
constexpr const char* kLargeSet =
    "generate grids --episodes 900 --study 2 --queries 2 --threads 1 --force --out ?/set";
constexpr const char* kSmallSet = "generate grids --episodes 70 --seed 2 --out ?/set";
constexpr const char* kGivenAnswers = "baseline copy-input --data @/grids --out @/p.jsonl";
constexpr const char* kGivenReport =
    "evaluate --data @/grids --predictions @/p.jsonl --out @/r.json";

constexpr const char* kGivenPrompts =
    "prompts export --data @/grids --provider openai --model m --out @/prompts";
constexpr const char* kGivenSuite = "suite make --suite @/own --out @/suite";

/// Two tasks of a suite, so that one may be done when the other is cut off, and room for answers.
void write_suite(const fs::path& given) {
  for (const char* folder : {"own", "p/copy", "p/majority"}) fs::create_directories(given / folder);
  for (const char* name : {"a-6", "b-6"}) {
    write_file(given / "own" / cat(name, ".ini"),
               "# Held out: a colour or two.\n"
               "[grids]\nepisodes = 400\nside = 6\nstudy = 1\nqueries = 2\nmax-shape-size = 3\n"
               "shape-box = 2\nseed = 5\n"
               "[split]\naxis = colour\ntest-fraction = 0.3\nid-fraction = 0.2\nprimitives = 1\n"
               "compositions = 1\nqueries = 2\n");
  }
}

/// Answers to all prompts in answers.jsonl, and to the first of them in few.jsonl.
void write_answers(const fs::path& given) {
  constexpr std::size_t kFew = 10;
  std::string lines;
  std::size_t count = 0;
  for (const PlannedRequest& request : read_plan(given / "prompts").requests) {
    if (count++ == kFew) write_file(given / "few.jsonl", lines);
    const bool reads = count % 3 != 0;
    const Json message = {{"content", reads ? "output: [[0, 1], [1, 0]]" : "I cannot say."}};
    const Json choice = {{"message", message}, {"finish_reason", "stop"}};
    const Json body = {{"choices", Json::array({choice})}};
    lines += Json{{"custom_id", request.id},
                  {"response", {{"status_code", 200}, {"body", body}}},
                  {"error", nullptr}}
                 .dump() +
             "\n";
  }
  write_file(given / "answers.jsonl", lines);
}

/// What a long training leaves.
void write_metrics(const fs::path& given) {
  constexpr int kRows = 4000;
  std::string lines;
  for (int row = 1; row <= kRows; ++row) {
    const double share = 1.0 - 1.0 / row;
    const Json figures = {{"val_id", {{"exact", share}}}, {"val_ood", {{"exact", share / 2}}}};
    lines += Json{{"step", row * 10}, {"validation", figures}}.dump() + "\n";
  }
  fs::create_directory(given / "run");
  write_file(given / "run/metrics.jsonl", lines);
}

/// Sets that are made.
std::vector<KilledVerb> killed_makers() {
  return {
      {"generate",
       {},
       "",
       "generate grids --episodes 900 --study 2 --queries 2 --threads 1 --out ?/set",
       "--resume"},
      {"replaced", {}, kSmallSet, kLargeSet, "--resume"},
      {"replaced_from_the_start", {}, kSmallSet, kLargeSet, ""},
      {"shard",
       {},
       "",
       "generate grids --episodes 900 --study 2 --queries 2 --shard 1/2 --threads 1 --out ?/set",
       "--resume"},
      {"recipe",
       {kGivenGrids, "export @/grids --format recipe --out @/recipe.json"},
       "",
       "generate --recipe @/recipe.json --out ?/set",
       "--resume"},
      {"facts",
       {},
       "",
       "generate facts --entities 200 --relations 20 --degree 8 --out ?/world",
       "--force"},
      {"replaced_facts",
       {},
       "generate facts --entities 40 --relations 6 --degree 4 --lambda 2 --out ?/world",
       "generate facts --entities 200 --relations 20 --degree 8 --force --out ?/world",
       ""},
      {"suite", {}, "", "suite make --suite @/own --out ?/suite", "", write_suite},
  };
}

/// Sets that are changed.
std::vector<KilledVerb> killed_changers() {
  return {
      {"merge",
       {"generate grids --episodes 400 --shard 0/2 --out @/parts/0",
        "generate grids --episodes 400 --shard 1/2 --out @/parts/1"},
       "",
       "merge @/parts --out ?/set",
       "--force"},
      {"split",
       {kGivenGrids},
       "",
       "split --data @/grids --min-func-examples 0 --out ?/split",
       "--force"},
      {"replaced_split",
       {kGivenGrids},
       "split --data @/grids --min-func-examples 0 --seed 3 --out ?/split",
       "split --data @/grids --min-func-examples 0 --force --out ?/split",
       ""},
      {"export", {kGivenGrids}, "", "export @/grids --format hf --out ?/hf", "--force"},
      {"export_of_one_file",
       {kGivenGrids},
       "",
       "export @/grids --format carc --out ?/c.jsonl",
       "--force"},
      {"import",
       {kGivenGrids, "export @/grids --format carc --out @/c.jsonl"},
       "",
       "import --format carc --in @/c.jsonl --out ?/set",
       "--force"},
  };
}

/// Answers.
std::vector<KilledVerb> killed_answers() {
  return {
      {"baseline",
       {kGivenGrids},
       "",
       "baseline nearest-study --data @/grids --out ?/p.jsonl",
       "--force"},
      {"merged_predictions",
       {kGivenGrids, "baseline nearest-study --data @/grids --shard 0/2 --out @/p0.jsonl",
        "baseline nearest-study --data @/grids --shard 1/2 --out @/p1.jsonl"},
       "",
       "merge @/p0.jsonl @/p1.jsonl --out ?/p.jsonl",
       "--force"},
      {"prompts",
       {kGivenGrids},
       "",
       "prompts export --data @/grids --provider openai --model m --out ?/prompts",
       "--force"},
      {"import_of_answers",
       {kGivenGrids, kGivenPrompts},
       "",
       "prompts import --prompts @/prompts --responses @/answers.jsonl --out ?/p.jsonl",
       "--force",
       nullptr,
       write_answers},
      {"replaced_answers",
       {kGivenGrids, kGivenPrompts},
       "prompts import --prompts @/prompts --responses @/few.jsonl --out ?/p.jsonl",
       "prompts import --prompts @/prompts --responses @/answers.jsonl --force --out ?/p.jsonl",
       "",
       nullptr,
       write_answers},
  };
}

/// What is shown.
std::vector<KilledVerb> killed_shows() {
  return {
      {"evaluate",
       {kGivenGrids, kGivenAnswers},
       "",
       "evaluate --data @/grids --predictions @/p.jsonl --out ?/r.json --html ?/r.html",
       "--force"},
      {"leaderboard",
       {kGivenGrids, kGivenAnswers, kGivenReport},
       "",
       "leaderboard @/r.json --out ?/l.html",
       "--force"},
      {"report",
       {kGivenGrids, kGivenAnswers, kGivenReport},
       "",
       "report @/r.json --out ?/x.html",
       "--force"},
      {"view", {kGivenGrids}, "", "view @/grids --gallery 60 --out ?/v.html", "--force"},
      {"view_of_one_item", {kGivenGrids}, "", "view @/grids --item 7 --out ?/v.svg", "--force"},
      {"play", {kGivenGrids}, "", "view @/grids --play --out ?/v.html", "--force"},
      {"curves", {}, "", "curves @/run --out ?/c.svg", "--force", write_metrics},
      {"scored_suite",
       {kGivenSuite,
        "baseline copy-input --data @/suite/a-6/test_ood --out @/p/copy/a-6.test_ood.jsonl",
        "baseline majority --data @/suite/a-6/test_ood --out @/p/majority/a-6.test_ood.jsonl"},
       "",
       "suite score --suite @/own --data @/suite --predictions @/p --out ?/reports",
       "--force",
       write_suite},
  };
}

std::vector<KilledVerb> killed_verbs() {
  std::vector<KilledVerb> all;
  for (const auto& part : {killed_makers(), killed_changers(), killed_answers(), killed_shows()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

using KilledAtAnyMoment = KilledVerbTest;

TEST_P(KilledAtAnyMoment, GivesTheSameWhenItIsBegunAgain) { expect_the_same_when_begun_again(); }

INSTANTIATE_TEST_SUITE_P(Every,
                         KilledAtAnyMoment,
                         testing::ValuesIn(killed_verbs()),
                         name_of_killed_verb);

/// The verbs that have --out.
std::set<std::string> writers_of(std::span<const VerbEntry> verbs) {
  std::set<std::string> writers;
  for (const VerbEntry& entry : verbs) {
    Options options;
    const std::unique_ptr<Verb> verb = entry.make();
    verb->declare(options);
    const bool writes = std::ranges::any_of(
        options.described(), [](const auto& option) { return option.field.name == "out"; });
    if (writes) writers.emplace(entry.name);
  }
  return writers;
}

/// Whoever adds a verb with --out adds it to the table.
TEST(KilledVerbs, AreAllThatWrite) {
  EXPECT_EQ(first_words(killed_verbs()), writers_of(plain_verbs()));
  // These are killed by tests/meta/run/killed_verbs_test.cc and tests/meta/training/kill_test.cc.
  EXPECT_EQ(writers_of(torch_verbs()),
            (std::set<std::string>{"convert", "predict", "trace", "train"}));
}

}  // namespace
}  // namespace recombine
