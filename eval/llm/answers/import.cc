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
#include "eval/llm/answers/fact_reading.h"
#include "eval/llm/answers/strictness.h"
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
    if (model.find(own_name(plan.model)) == std::string::npos) {
      job.note(cat(job.prompts.string(), ": asks ", plan.model, ", and ", count, " answers are of ",
                   model));
    }
  }
  return models;
}

PredictionMeta meta_for(const PromptPlan& plan, const Json& models, const std::string& name) {
  PredictionMeta meta;
  meta.predictor.kind = "llm";
  meta.predictor.name = name;
  meta.predictor.details["model"] = plan.model;
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

/// What was read of one response: the rows of both prediction files, and how.
struct Read {
  Reading reading;
  Prediction person;
  Prediction strict;
};

Read begun(const PlannedRequest& request) {
  Read read;
  read.reading.id = request.id;
  read.reading.item = request.item;
  read.reading.query = request.query;
  read.person.item = request.item;
  read.person.query = request.query;
  return read;
}

void read_grid_into(Read& read, const Response& response, int side) {
  const bool cut = response.state == ResponseState::kCut;
  GridReading grid = read_grid(response.text, side, cut);
  read.reading.strict = grid.strict.valid;
  read.reading.strict_reason = grid.strict.reason;
  read.reading.differs = grid.strict.grid && grid.strict.grid != grid.grid;
  if (grid.strictness)
    read.reading.strictness = kStrictnessNames.at(static_cast<std::size_t>(*grid.strictness));
  read.reading.reason = grid.reason;
  read.person.output = std::move(grid.grid);
  read.strict.output = std::move(grid.strict.grid);
}

/// "<e_9><e_4></a>"; "" for no entities.
std::string answer_text(std::vector<Token> entities, const FactVocabulary& vocabulary) {
  if (entities.empty()) return "";
  entities.push_back(vocabulary.end());
  return vocabulary.text(entities);
}

void read_fact_into(Read& read, const Response& response, int words, const FactVocabulary& known) {
  FactReading fact = read_fact(response.text, words, known, response.state == ResponseState::kCut);
  read.reading.strict = fact.strict;
  if (!fact.strict) read.reading.strict_reason = "not the form that was asked for";
  read.reading.differs = fact.strict && fact.strictly != fact.entities;
  read.reading.strictness = fact.strictness;
  read.reading.reason = fact.reason;
  read.person.text = answer_text(fact.entities, known);
  read.strict.text = answer_text(fact.strictly, known);
}

Read read_response(const PromptPlan& plan,
                   const PlannedRequest& request,
                   const Response& response) {
  Read read = begun(request);
  read.strict = read.person;
  read.reading.state = state_name(response.state);
  read.reading.detail = response.detail;
  read.reading.usage = response.usage;
  const bool came =
      response.state == ResponseState::kAnswered || response.state == ResponseState::kCut;
  if (came && plan.side > 0) {
    read_grid_into(read, response, plan.side);
  } else if (came) {
    read_fact_into(read, response, request.words, fact_vocabulary(plan.vocabulary));
  } else {
    read.reading.reason = read.reading.strict_reason = read.reading.state;
  }
  if (read.reading.strictness.empty()) read.reading.text = response.text;
  read.person.invalid = read.reading.reason;
  read.strict.invalid = read.reading.strict_reason;
  return read;
}

void refuse_outputs(const AnswerJob& job) {
  require(job.out.extension() == ".jsonl", "--out ", job.out.string(),
          ": the name must end in .jsonl");
  for (const fs::path& file :
       {job.out, meta_file(job.out), strict_file(job.out), readings_file(job.out)})
    refuse_existing(file, job.force);
}

}  // namespace

ImportedAnswers import_answers(const AnswerJob& job) {
  refuse_outputs(job);
  const PromptPlan plan = read_plan(job.prompts);
  ResponseSet responses(plan, job.prompts, job.note);
  read_all(responses, job);
  const Json models = answering_models(plan, responses, job);
  const std::string name = job.name.empty() ? plan.model : job.name;
  PredictionWriter person(job.out, meta_for(plan, models, name));
  PredictionWriter strict(strict_file(job.out), meta_for(plan, models, name + ", strict"));
  std::vector<Reading> readings;
  AnswerCounts counts;
  for (const PlannedRequest& request : plan.requests) {
    Read read = begun(request);
    read.reading.state = "missing";
    if (const Response* response = responses.find(request.id)) {
      read = read_response(plan, request, *response);
      person.write(read.person);
      strict.write(read.strict);
    }
    counts.add(read.reading);
    readings.push_back(std::move(read.reading));
  }
  if (plan.prices.known() && counts.usage.answered > 0)
    counts.cost = cost_of(counts.usage.asked, counts.usage.answered, plan.prices);
  write_readings(job.out, counts, readings);
  strict.finish();
  person.finish();
  return {counts, responses.counts()};
}

}  // namespace recombine
