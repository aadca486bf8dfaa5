#include "data/error.h"
#include "data/storage/dataset.h"
#include "eval/llm/results/results.h"
#include "eval/scoring/evaluation.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

PromptPlan published_plan(const ResultsJob& job) {
  const EpisodeSet data(job.data);
  require_data(!data.empty(), job.data.string(), ": has no episodes");
  PromptPlan plan;
  plan.provider = "published";
  plan.family = data.manifest().family;
  plan.data_digest = data.manifest().digest;
  plan.split = split_name(job.data, "");
  plan.side = data[0].side();
  plan.queries_per_item = 1;
  for (std::size_t index = 0; index < data.size(); ++index)
    plan.requests.push_back({cat("test_sample_", index), data[index].id, 0, 0});
  return plan;
}

}  // namespace

std::string results_name(const ResultsJob& job) {
  if (!job.name.empty()) return job.name;
  const fs::path first = fs::weakly_canonical(job.in.front());
  return (fs::is_directory(first) ? first : first.parent_path()).filename().string();
}

ImportedAnswers import_grid_results(const ResultsJob& job) {
  AnswerJob answers;
  answers.plan = published_plan(job);
  answers.prompts = job.data;
  answers.responses = job.in;
  answers.out = job.out;
  answers.name = results_name(job);
  answers.repeats = job.repeats;
  answers.force = job.force;
  answers.note = job.note;
  return import_answers(answers);
}

}  // namespace recombine
