#pragma once
// A small data set, questions about it, and results, for the tests of `prompts`.

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "eval/llm/plan.h"
#include "eval/llm/prompts/grid_question.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"
#include "tests/tools/program.h"

namespace recombine {

using Words = std::vector<std::string>;

/// Twelve episodes with three queries each; every answer is "022".
class Prompts : public testing::Test {
 protected:
  Prompts() {
    std::vector<Episode> episodes;
    episodes.reserve(12);
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

}  // namespace recombine
