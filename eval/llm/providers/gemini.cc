// Gemini's batches, in the form of its developer API and in that of Vertex AI.

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "data/base64.h"
#include "eval/llm/json_access.h"
#include "eval/llm/provider.h"

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

/// Tokens to think with: a quarter, a half or three quarters of the answer's.
int thinking_tokens(const PromptConfig& config) {
  const int quarters = config.reasoning == "low" ? 1 : config.reasoning == "medium" ? 2 : 3;
  return config.answer_tokens() / 4 * quarters;
}

ResponseState state_of(const Json& answer, const std::string& finish) {
  constexpr std::array<std::string_view, 3> kEnds = {"", "STOP", "FINISH_REASON_UNSPECIFIED"};
  if (finish == "MAX_TOKENS") return ResponseState::kCut;
  if (!at_path(answer, {"candidates", "0"}).is_object()) {
    const bool blocked = !at_path(answer, {"promptFeedback", "blockReason"}).is_null();
    return blocked ? ResponseState::kRefused : ResponseState::kErrored;
  }
  const bool ended = std::ranges::find(kEnds, finish) != kEnds.end();
  return ended ? ResponseState::kAnswered : ResponseState::kRefused;
}

void read_answer(const Json& answer, Response& response) {
  const Json& candidate = at_path(answer, {"candidates", "0"});
  response.text = text_of_parts(at_path(candidate, {"content", "parts"}), {});
  response.model = words_of(at_path(answer, {"modelVersion"}));
  response.detail = words_of(at_path(candidate, {"finishReason"}));
  response.state = state_of(answer, response.detail);
  if (response.detail.empty())
    response.detail = words_of(at_path(answer, {"promptFeedback", "blockReason"}));
  const Json& usage = at_path(answer, {"usageMetadata"});
  const std::uint64_t thoughts = count_of(at_path(usage, {"thoughtsTokenCount"}));
  response.usage = {count_of(at_path(usage, {"promptTokenCount"})),
                    count_of(at_path(usage, {"candidatesTokenCount"})) + thoughts, thoughts};
}

}  // namespace

std::string gemini_request(const Question& question, const PromptConfig& config) {
  const bool vertex = config.flavour == "vertex";
  Json generation = {{vertex ? "maxOutputTokens" : "max_output_tokens", config.answer_tokens()}};
  if (!config.reasoning.empty()) {
    const char* budget = vertex ? "thinkingBudget" : "thinking_budget";
    generation[vertex ? "thinkingConfig" : "thinking_config"] = {{budget, thinking_tokens(config)}};
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
    response.detail = status.empty() ? words_of(at_path(error, {"message"})) : status;
  } else {
    read_answer(at_path(row, {"response"}), response);
  }
  return response;
}

}  // namespace recombine
