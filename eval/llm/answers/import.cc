#include "eval/llm/answers/import.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <unordered_set>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/storage/prediction.h"
#include "eval/llm/answers/read_response.h"
#include "eval/llm/estimate.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr const char* kStrict = "strict";

/// "P.jsonl" -> "P.strict.jsonl".
fs::path strict_file(const fs::path& out) {
  fs::path file = out;
  return file.replace_extension(cat(".", kStrict, out.extension().string()));
}

/// One of several files may be empty, as that of a batch in which all failed.
void read_all(ResponseSet& responses, const AnswerJob& job) {
  std::vector<fs::path> idle;
  std::ranges::copy_if(job.responses, std::back_inserter(idle),
                       [&](const fs::path& path) { return !responses.read(path); });
  for (const fs::path& path : idle) {
    const std::string text =
        cat(path.string(), ": no row in it answers a request of ", job.prompts.string());
    require_data(idle.size() < job.responses.size(), text, "; give results of these prompts");
    job.note(text);
  }
}

/// "openai/gpt-x" -> "gpt-x".
std::string_view own_name(std::string_view model) {
  return model.substr(std::min(model.rfind('/') + 1, model.size()));
}

/// The models that say that they answered, sorted. Notes those that the prompts do not name.
Json answering_models(const PromptPlan& plan, const ResponseSet& responses, const AnswerJob& job) {
  std::map<std::string, std::uint64_t> answers;
  for (const PlannedRequest& request : plan.requests) {
    const Response* response = responses.find(request.id);
    if (response != nullptr && !response->model.empty()) ++answers[response->model];
  }
  Json models = Json::array();
  for (const auto& [model, count] : answers) {
    models.push_back(model);
    if (!plan.model.empty() && model.find(own_name(plan.model)) == std::string::npos) {
      job.note(cat(job.prompts.string(), ": asks ", plan.model, ", and ", count, " answers are of ",
                   model));
    }
  }
  return models;
}

/// "P.jsonl", "P.2.jsonl", "P.3.jsonl".
fs::path file_of(const fs::path& out, std::size_t place) {
  if (place == 0) return out;
  fs::path file = out;
  return file.replace_extension(cat(".", place + 1, out.extension().string()));
}

std::string name_of(const std::string& name, std::size_t place) {
  return place == 0 ? name : cat(name, ", answer ", place + 1);
}

PredictionMeta meta_for(const PromptPlan& plan, const Json& models, const std::string& name) {
  PredictionMeta meta;
  meta.predictor.kind = "llm";
  meta.predictor.name = name;
  if (!plan.model.empty()) meta.predictor.details["model"] = plan.model;
  if (!models.empty()) meta.predictor.details["answered_by"] = models;
  meta.predictor.details["prompts"] = plan.options;
  meta.data_digest = plan.data_digest;
  meta.family = plan.family;
  meta.split = plan.split;
  meta.planned = plan.requests.size();
  meta.queries_per_item = plan.queries_per_item;
  if (plan.all_items) return meta;
  std::unordered_set<std::string> seen;
  for (const PlannedRequest& request : plan.requests) {
    if (seen.insert(request.item).second) meta.planned_items.push_back(request.item);
  }
  return meta;
}

/// What an answer says, to compare answers by.
std::string vote_of(const PromptPlan& plan,
                    const PlannedRequest& request,
                    const Response& response) {
  const ReadAnswer read = read_response(plan, request, response);
  return read.person.output ? to_text(*read.person.output) : read.person.text;
}

/// One file of predictions as a person reads, its strict twin and its readings.
AnswerCounts write_answers(const AnswerJob& job,
                           const PromptPlan& plan,
                           const ResponseSet& responses,
                           const Json& models,
                           std::size_t place) {
  const Repeats repeats = find_repeats(job.repeats);
  const fs::path out = file_of(job.out, place);
  const std::string name = name_of(job.name.empty() ? plan.model : job.name, place);
  PredictionWriter person(out, meta_for(plan, models, name));
  PredictionWriter strict(strict_file(out), meta_for(plan, models, name + ", strict"));
  std::vector<Reading> readings;
  AnswerCounts counts;
  counts.repeats = job.repeats;
  for (const PlannedRequest& request : plan.requests) {
    const RequestAnswers all = responses.find_all(request.id);
    const auto vote = [&](const Response& response) { return vote_of(plan, request, response); };
    const Response* response = nullptr;
    if (repeats != Repeats::kAll) {
      response = chosen_answer(all, repeats, vote);
    } else if (place < all.size()) {
      response = all[place];
    }
    ReadAnswer read = missing_answer(request);
    if (response != nullptr) {
      read = read_response(plan, request, *response);
      person.write(read.person);
      strict.write(read.strict);
    }
    read.reading.answers = all.size();
    counts.add(read.reading);
    readings.push_back(std::move(read.reading));
  }
  if (plan.prices.known() && counts.usage.answered > 0)
    counts.cost = cost_of(counts.usage.asked, counts.usage.answered, plan.prices);
  const auto said = begin_readings(out, counts, responses.counts().mends, readings);
  strict.finish();
  person.finish();
  said->commit();
  return counts;
}

/// How many files of predictions the answers need.
std::size_t count_files(const AnswerJob& job,
                        const PromptPlan& plan,
                        const ResponseSet& responses) {
  std::size_t files = 1;
  if (find_repeats(job.repeats) != Repeats::kAll) return files;
  for (const PlannedRequest& request : plan.requests)
    files = std::max(files, responses.find_all(request.id).size());
  return files;
}

void refuse_outputs(const fs::path& out, bool force) {
  refuse_existing_predictions(out, force);
  for (const fs::path& file : {strict_file(out), readings_file(out)})
    refuse_existing_file(file, force);
}

}  // namespace

ImportedAnswers import_answers(const AnswerJob& job) {
  require(job.out.extension() == ".jsonl", "--out ", job.out.string(),
          ": the name must end in .jsonl");
  find_repeats(job.repeats);
  refuse_outputs(job.out, job.force);
  const PromptPlan plan = job.plan ? *job.plan : read_plan(job.prompts);
  ResponseSet responses(plan, job.prompts, job.note);
  read_all(responses, job);
  const Json models = answering_models(plan, responses, job);
  ImportedAnswers imported;
  imported.files = count_files(job, plan, responses);
  for (std::size_t place = 1; place < imported.files; ++place)
    refuse_outputs(file_of(job.out, place), job.force);
  for (std::size_t place = 0; place < imported.files; ++place) {
    AnswerCounts counts = write_answers(job, plan, responses, models, place);
    if (place == 0) imported.counts = std::move(counts);
  }
  imported.results = responses.counts();
  return imported;
}

}  // namespace recombine
