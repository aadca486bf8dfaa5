// Anthropic's message batches: one body with a list of requests.

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/base64.h"
#include "data/error.h"
#include "eval/llm/json_access.h"
#include "eval/llm/provider.h"

namespace recombine {
namespace {

/// Tokens to think with: a quarter, a half or three quarters of the answer's; 1024 is the least.
int thinking_tokens(const PromptConfig& config) {
  constexpr int kLeast = 1024;
  const int quarters = config.reasoning == "low" ? 1 : config.reasoning == "medium" ? 2 : 3;
  require(config.answer_tokens() > kLeast, "--max-tokens ", config.answer_tokens(),
          ": must be over ", kLeast, " with --reasoning");
  return std::max(kLeast, config.answer_tokens() / 4 * quarters);
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
  if (result.at("type") != "succeeded") {
    const std::string why = words_of(at_path(result, {"error", "error", "message"}));
    response.detail = why.empty() ? words_of(result.at("type")) : why;
    return response;
  }
  const Json& message = result.at("message");
  response.text = text_of_parts(message.at("content"), {"text"});
  response.model = words_of(at_path(message, {"model"}));
  response.detail = words_of(at_path(message, {"stop_reason"}));
  response.state = response.detail == "refusal"      ? ResponseState::kRefused
                   : response.detail == "max_tokens" ? ResponseState::kCut
                                                     : ResponseState::kAnswered;
  response.usage = {count_of(at_path(message, {"usage", "input_tokens"})),
                    count_of(at_path(message, {"usage", "output_tokens"})), 0};
  return response;
}

}  // namespace recombine
