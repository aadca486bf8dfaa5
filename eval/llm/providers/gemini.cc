// Gemini's batches, in the form of its developer API and in that of Vertex AI.

#include <nlohmann/json.hpp>

#include "eval/llm/base64.h"
#include "eval/llm/json_access.h"
#include "eval/llm/provider.h"
#include "eval/llm/stop_reasons.h"

namespace recombine {
namespace {

Json contents_of(const Question& question) {
  Json parts = Json::array({{{"text", question.text}}});
  if (!question.image.empty()) {
    parts.push_back(
        {{"inlineData", {{"mimeType", "image/png"}, {"data", base64(question.image)}}}});
  }
  return Json::array({{{"role", "user"}, {"parts", parts}}});
}

/// One candidate. The published scripts read its first part alone, whatever it is.
Response read_candidate(const Json& candidate) {
  Response response;
  const Json& parts = at_path(candidate, {"content", "parts"});
  SpokenParts spoken = spoken_parts(parts, {});
  response.text = std::move(spoken.text);
  response.thoughts = std::move(spoken.thoughts);
  response.published = words_of(at_path(parts, {"0", "text"}));
  response.published_differs = response.published != response.text;
  if (!response.published_differs) response.published.clear();
  response.ended = words_of(at_any(candidate, {"finishReason", "finish_reason"}));
  response.state = state_of_end(response.ended);
  const std::string why = words_of(at_any(candidate, {"finishMessage", "finish_message"}));
  response.detail = why.empty() ? response.ended : why;
  return response;
}

void read_answer(const Json& answer, Response& response) {
  const Json& candidates = at_path(answer, {"candidates"});
  const Json& feedback = at_any(answer, {"promptFeedback", "prompt_feedback"});
  const std::string blocked = words_of(at_any(feedback, {"blockReason", "block_reason"}));
  const Json& usage = at_any(answer, {"usageMetadata", "usage_metadata"});
  const std::string id = response.id;
  if (at_path(candidates, {"0"}).is_object()) {
    response = read_candidate(candidates[0]);
    for (std::size_t i = 1; i < candidates.size(); ++i)
      response.others.push_back(read_candidate(candidates[i]));
  } else if (!blocked.empty()) {
    response.state = ResponseState::kRefused;
    response.ended = response.detail = blocked;
  }
  response.id = id;
  response.model = words_of(at_any(answer, {"modelVersion", "model_version"}));
  response.serial = words_of(at_any(answer, {"responseId", "response_id"}));
  const auto count = [&](std::string_view camel, std::string_view snake) {
    return count_of(at_any(usage, {camel, snake}));
  };
  const std::uint64_t thoughts = count("thoughtsTokenCount", "thoughts_token_count");
  response.usage = {count("promptTokenCount", "prompt_token_count"),
                    count("candidatesTokenCount", "candidates_token_count") + thoughts, thoughts};
}

}  // namespace

std::string gemini_request(const Question& question, const PromptConfig& config) {
  const bool vertex = config.flavour == "vertex";
  Json generation = {{vertex ? "maxOutputTokens" : "max_output_tokens", config.answer_tokens()}};
  if (!config.reasoning.empty()) {
    const char* budget = vertex ? "thinkingBudget" : "thinking_budget";
    generation[vertex ? "thinkingConfig" : "thinking_config"] = {{budget, config.thought_tokens()}};
  }
  Json request = {{"contents", contents_of(question)},
                  {vertex ? "generationConfig" : "generation_config", generation}};
  if (!vertex) return Json{{"key", question.id}, {"request", request}}.dump();
  request["labels"] = {{"custom_id", question.id}};
  return Json{{"request", request}}.dump();
}

std::optional<Response> gemini_response(const Json& row) {
  if (!row.is_object() || row.contains("custom_id")) return std::nullopt;
  const Json& label = at_path(row, {"request", "labels", "custom_id"});
  const bool vertex = label.is_string();
  if (!vertex && !row.contains("key")) return std::nullopt;
  Response response{words_of(vertex ? label : row.at("key")), ResponseState::kErrored, "", "", {}};
  const std::string status = vertex ? words_of(at_path(row, {"status"})) : "";
  const Json& error = at_path(row, {"error"});
  if (!status.empty() || !error.is_null()) {
    const std::string why = words_of(error.is_object() ? at_path(error, {"message"}) : error);
    response.detail = status.empty() ? why : status;
    response.ended = words_of(at_any(error, {"status", "code"}));
    if (response.ended.empty()) response.ended = "error";
  } else {
    read_answer(at_path(row, {"response"}), response);
  }
  return response;
}

}  // namespace recombine
