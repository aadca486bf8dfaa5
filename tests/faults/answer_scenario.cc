// Answers of a language model, imported over those of an earlier import: predictions as a person
// reads them and as the published rules do, and readings beside them.

#include <set>

#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "data/storage/prediction.h"
#include "eval/llm/answers/import.h"
#include "tests/data/temporary_folder.h"
#include "tests/faults/scenario.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kQuestions = 12;

PromptPlan plan_of_questions() {
  PromptPlan plan;
  plan.provider = "openai";
  plan.model = "m";
  plan.family = "grids";
  plan.data_digest = "sha256:00";
  plan.split = "test_ood";
  plan.side = 2;
  plan.queries_per_item = 1;
  for (std::size_t i = 0; i < kQuestions; ++i)
    plan.requests.push_back({std::to_string(i), "e" + std::to_string(i), 0, 0});
  return plan;
}

/// How the provider says that answers of this colour ended, which readings keep.
std::string ended_word(int colour) { return colour == 1 ? "stop" : "eos"; }

/// Every answer is a grid of the one colour.
std::string results_of_colour(int colour) {
  std::string lines;
  const Json grid = {{colour, colour}, {colour, colour}};
  for (std::size_t i = 0; i < kQuestions; ++i) {
    const Json message = {{"content", "output: " + grid.dump()}};
    const Json choice = {{"message", message}, {"finish_reason", ended_word(colour)}};
    const Json body = {{"choices", Json::array({choice})}};
    lines += Json{{"custom_id", std::to_string(i)},
                  {"response", {{"status_code", 200}, {"body", body}}},
                  {"error", nullptr}}
                 .dump() +
             "\n";
  }
  return lines;
}

/// The results lie on another disk, which does not fail.
void import_colour(const fs::path& folder, int colour, const std::string& name) {
  const TemporaryFolder other;
  write_file(other / "r.jsonl", results_of_colour(colour));
  fs::create_directory(other / "prompts");
  AnswerJob job;
  job.plan = plan_of_questions();
  job.prompts = other / "prompts";
  job.responses = {other / "r.jsonl"};
  job.out = folder / "p.jsonl";
  job.name = name;
  job.force = true;
  import_answers(job);
}

/// The name that predictions have in their meta, where they are whole; "" where there is no meta.
/// Rows of another import give "mixed".
std::string import_of(const fs::path& file) {
  if (!fs::exists(meta_file(file))) return "";
  std::string name = read_prediction_meta(file).predictor.name;
  const int colour = name.starts_with("new") ? 2 : 1;
  const std::vector<Prediction> rows = read_predictions(file);
  if (rows.size() != kQuestions) return "mixed";
  for (const Prediction& row : rows) {
    if (!row.output || (*row.output)(0, 0) != colour) return "mixed";
  }
  return name;
}

/// The same of readings: "" where there are none.
std::string readings_of(const fs::path& file) {
  if (!fs::exists(readings_file(file))) return "";
  std::set<std::string> ended;
  const Json all = Json::parse(read_file(readings_file(file)));
  for (const Json& row : all.at("answers")) ended.insert(row.at("ended").get<std::string>());
  if (ended.size() != 1) return "mixed";
  return *ended.begin() == ended_word(1) ? "old" : "new";
}

Found judge_answers(const fs::path& folder) {
  const fs::path file = folder / "p.jsonl";
  const std::string person = import_of(file);
  const std::string strict = import_of(folder / "p.strict.jsonl");
  const std::string readings = readings_of(file);
  if (person == "mixed" || strict == "mixed" || readings == "mixed") return Found::kWrong;
  // Readings of other answers than those that they lie beside.
  if (!person.empty() && !readings.empty() && person != readings) return Found::kWrong;
  if (person == "new" && strict == "new, strict" && readings == "new") return Found::kNew;
  if (person == "old" && strict == "old, strict" && readings == "old") return Found::kOld;
  return Found::kUnfinished;
}

}  // namespace

Scenario answer_scenario() {
  return {"answers", [](const fs::path& folder) { import_colour(folder, 1, "old"); },
          [](const fs::path& folder) { import_colour(folder, 2, "new"); }, judge_answers};
}

}  // namespace recombine
