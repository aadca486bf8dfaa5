// What language models and their providers send back, and how it is asked for.

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/reading/lenient_json.h"
#include "data/storage/file.h"
#include "data/storage/folder.h"
#include "eval/llm/answers/age_reading.h"
#include "eval/llm/answers/fact_reading.h"
#include "eval/llm/answers/import.h"
#include "eval/llm/answers/read_response.h"
#include "eval/llm/answers/response_set.h"
#include "eval/llm/answers/strictness.h"
#include "eval/llm/plan.h"
#include "eval/llm/prompts/template.h"
#include "eval/llm/provider.h"
#include "eval/llm/results/results.h"
#include "tests/fuzz/fixtures.h"
#include "tests/fuzz/scratch.h"
#include "tests/fuzz/target.h"
#include "tests/places.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

fs::path golden_folder(const std::string& name) {
  return fs::path(source_folder()) / "tests/golden" / name;
}

std::vector<std::string> files_of(const std::string& folder) {
  std::vector<std::string> texts;
  if (!fs::exists(golden_folder(folder))) return texts;
  for (const auto& file : visible_entries(golden_folder(folder))) texts.push_back(read_file(file));
  return texts;
}

std::vector<std::string> answer_texts() {
  std::vector<std::string> texts = files_of("answers");
  for (const std::string& text : files_of("odd-answers")) texts.push_back(text);
  return texts;
}

void read_grids(std::string_view bytes) {
  for (const int side : {3, 10}) read_grid(bytes, side, side == 3);
  for (std::size_t i = 0; i < kStrictnessNames.size(); ++i)
    read_at(static_cast<Strictness>(i), bytes, 5);
}

void read_facts(std::string_view bytes) {
  read_fact(bytes, 1, fuzz_vocabulary());
  read_fact(bytes, 3, fuzz_vocabulary(), true);
}

void read_ages(std::string_view bytes) {
  static const FactVocabulary kAges{
      .task = "comparison", .entities = 30, .relations = 3, .values = 9};
  read_age(bytes, "r1.e3.e8", kAges);
  read_age(bytes, "e3.r1", kAges, true);
}

const PromptPlan& golden_plan() {
  static const PromptPlan kPlan = read_plan(golden_folder("results/prompts"));
  return kPlan;
}

/// Rows as one provider reads them, and what is read of their texts.
void read_rows_of(const Provider& provider, std::string_view bytes) {
  for (const std::string_view value : json_values(bytes)) {
    const LenientJson row = read_lenient_json(value);
    if (!row.good() || provider.response == nullptr) continue;
    try {
      const std::optional<Response> response = provider.response(row.json);
      if (!response) continue;
      read_response(golden_plan(), golden_plan().requests.front(), *response);
    } catch (const Json::exception&) {  // NOLINT(bugprone-empty-catch): as it may
    } catch (const DataError&) {        // NOLINT(bugprone-empty-catch)
    }
  }
}

FuzzTarget provider_target(const Provider& provider) {
  const std::string name(provider.name);
  return {"results-" + name, [&provider](std::string_view bytes) { read_rows_of(provider, bytes); },
          [name] {
            std::vector<std::string> seeds = files_of("results/" + name);
            seeds.emplace_back("{}");
            return seeds;
          }};
}

/// The whole way from a file of results to predictions.
void import_results(std::string_view bytes) {
  AnswerJob job;
  job.prompts = golden_folder("results/prompts");
  job.responses = {scratch_file("results/in/r.jsonl", bytes)};
  job.out = scratch_place("results/out/p.jsonl");
  job.name = "model";
  job.force = true;
  import_answers(job);
}

/// An answer that a person put into a file by its question's name.
void import_text(std::string_view bytes) {
  scratch_file("results-text/in/q1.txt", bytes);
  AnswerJob job;
  job.prompts = golden_folder("results/prompts");
  job.responses = {scratch_folder() / "results-text/in"};
  job.out = scratch_place("results-text/out/p.jsonl");
  job.name = "model";
  job.force = true;
  import_answers(job);
}

std::vector<std::string> result_seeds() {
  return {golden_text("results/openai/05-repeats.jsonl"),
          golden_text("results/inspect/09-scores-nan.json"),
          golden_text("results/lm-eval/10-mark-and-gzip.jsonl.gz")};
}

void read_plan_text(std::string_view bytes) {
  scratch_file(std::string("plan/") + kPlanFile, bytes);
  read_plan(scratch_folder() / "plan");
}

void fill(std::string_view bytes) {
  fill_template(bytes, {{"side", "5"}, {"examples", "[[0]]"}, {"query", "[[1]]"}});
  has_place(bytes, "query");
}

void read_published(std::string_view bytes) {
  ResultsJob job;
  job.data = fuzz_grids();
  job.in = {scratch_file("published/a.jsonl", bytes)};
  job.out = scratch_place("published/out/p.jsonl");
  job.name = "model";
  job.force = true;
  import_grid_results(job);
}

void read_published_facts(std::string_view bytes) {
  ResultsJob job;
  job.data = fuzz_world() / "val_id";
  job.in = {scratch_file("published/all_items.json", bytes)};
  job.out = scratch_place("published/out/facts.jsonl");
  job.name = "model";
  job.force = true;
  import_fact_results(job);
}

}  // namespace

std::vector<FuzzTarget> answer_targets() {
  std::vector<FuzzTarget> targets = {
      {"grid-answer", read_grids, answer_texts},
      {"fact-answer", read_facts,
       [] {
         return std::vector<std::string>{"So:\noutput: e_3 e_7\n", "<think>e_1</think> e_2"};
       }},
      {"age-answer", read_ages,
       [] {
         return std::vector<std::string>{"e_3 is older.\nFinal answer: e_3 is younger than e_8",
                                         "Output: 7", "I cannot say. <a> same age"};
       }},
      {"results", import_results, result_seeds},
      {"results-text", import_text, [] { return files_of("results/text"); }},
      {"plan", read_plan_text,
       [] { return std::vector{golden_text("results/prompts/prompts.json")}; }},
      {"template", fill,
       [] {
         return std::vector<std::string>{"Of {{side}}: {{examples}}\n{{query}}", "{{ }} {{qery}}"};
       }},
      {"published-results", read_published,
       [] {
         return std::vector<std::string>{
             R"({"custom_id":"test_sample_1","status_code":200,"error":null,"evaluator_input":["q"],"evaluator_response":"output: [[0]]"})"
             "\n"};
       }},
      {"published-facts", read_published_facts,
       [] {
         return std::vector<std::string>{
             R"([{"input_text": "<e_0><r_1>", "target_text": "<e_0><r_1><e_2></a>", "type": "id_atomic", "model_output": "<e_0><r_1><e_2></a>"}])"};
       }},
  };
  for (const Provider& provider : providers()) {
    if (provider.response != nullptr) targets.push_back(provider_target(provider));
  }
  return targets;
}

}  // namespace recombine
