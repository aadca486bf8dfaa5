// Anthropic's message batches: one body with a list of requests.

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/llm/base64.h"
#include "eval/llm/json_access.h"
#include "eval/llm/provider.h"
#include "eval/llm/stop_reasons.h"

namespace recombine {
namespace {

/// Tokens to think with; 1024 is the least.
int thinking_tokens(const PromptConfig& config) {
  constexpr int kLeast = 1024;
  require(config.answer_tokens() > kLeast, "--max-tokens ", config.answer_tokens(),
          ": must be over ", kLeast, " with --reasoning");
  return std::max(kLeast, config.thought_tokens());
}

}  // namespace

std::string anthropic_request(const Question& question, const PromptConfig& config) {
  Json content = question.text;
  if (!question.image.empty()) {
    const Json source = {
        {"type", "base64"}, {"media_type", "image/png"}, {"data", base64(question.image)}};
    content = Json::array(
        {{{"type", "image"}, {"source", source}}, {{"type", "text"}, {"text", question.text}}});
  }
  Json params = {{"model", config.model},
                 {"max_tokens", config.answer_tokens()},
                 {"messages", Json::array({{{"role", "user"}, {"content", content}}})}};
  if (!config.reasoning.empty())
    params["thinking"] = {{"type", "enabled"}, {"budget_tokens", thinking_tokens(config)}};
  return Json{{"custom_id", question.id}, {"params", params}}.dump();
}

std::optional<Response> anthropic_response(const Json& row) {
  if (!row.is_object() || !row.contains("custom_id") || !row.contains("result"))
    return std::nullopt;
  const Json& result = row.at("result");
  Response response{words_of(row.at("custom_id")), ResponseState::kErrored, "", "", {}};
  const std::string type = words_of(result.at("type"));
  if (type != "succeeded") {
    const Json& outer = at_path(result, {"error"});
    const Json& inner = at_path(outer, {"error"});
    const Json& error = inner.is_object() ? inner : outer;
    const std::string kind = words_of(at_path(error, {"type"}));
    const std::string why = words_of(at_path(error, {"message"}));
    response.ended = kind.empty() ? type : kind;
    response.detail = why.empty() ? type : why;
    return response;
  }
  const Json& message = result.at("message");
  SpokenParts spoken = spoken_parts(message.at("content"), {"text"});
  response.text = std::move(spoken.text);
  response.thoughts = std::move(spoken.thoughts);
  response.model = words_of(at_path(message, {"model"}));
  response.serial = words_of(at_path(message, {"id"}));
  response.ended = words_of(at_path(message, {"stop_reason"}));
  response.state = state_of_end(response.ended);
  const std::string why = words_of(at_path(message, {"stop_details", "explanation"}));
  response.detail = why.empty() ? response.ended : why;
  response.usage = {count_of(at_path(message, {"usage", "input_tokens"})),
                    count_of(at_path(message, {"usage", "output_tokens"})), 0};
  return response;
}

}  // namespace recombine
