// OpenAI's batches of chat completions: a line a request; results of the Responses API are read
// too.

#include <nlohmann/json.hpp>

#include "data/base64.h"
#include "data/error.h"
#include "eval/llm/json_access.h"
#include "eval/llm/provider.h"

namespace recombine {

std::string openai_request(const Question& question, const PromptConfig& config) {
  Json content = question.text;
  if (!question.image.empty()) {
    const std::string url = "data:image/png;base64," + base64(question.image);
    content =
        Json::array({{{"type", "text"}, {"text", question.text}},
                     {{"type", "image_url"}, {"image_url", {{"url", url}, {"detail", "high"}}}}});
  }
  Json body = {{"model", config.model},
               {"messages", Json::array({{{"role", "user"}, {"content", content}}})},
               {"max_completion_tokens", config.answer_tokens()}};
  if (!config.reasoning.empty()) body["reasoning_effort"] = config.reasoning;
  const Json row = {{"custom_id", question.id},
                    {"method", "POST"},
                    {"url", "/v1/chat/completions"},
                    {"body", body}};
  return row.dump();
}

namespace {

void read_chat(const Json& body, Response& response) {
  const Json& choice = at_path(body, {"choices", "0"});
  const std::string finish = words_of(at_path(choice, {"finish_reason"}));
  const std::string refusal = words_of(at_path(choice, {"message", "refusal"}));
  response.text = text_of_parts(at_path(choice, {"message", "content"}), {"text", "output_text"});
  response.detail = refusal.empty() ? finish : refusal;
  response.state = !refusal.empty() || finish == "content_filter" ? ResponseState::kRefused
                   : finish == "length"                           ? ResponseState::kCut
                   : choice.is_object()                           ? ResponseState::kAnswered
                                                                  : ResponseState::kErrored;
  const Json& usage = at_path(body, {"usage"});
  response.usage = {count_of(at_path(usage, {"prompt_tokens"})),
                    count_of(at_path(usage, {"completion_tokens"})),
                    count_of(at_path(usage, {"completion_tokens_details", "reasoning_tokens"}))};
}

void read_responses_api(const Json& body, Response& response) {
  bool refused = false;
  for (const Json& output : body.at("output")) {
    if (at_path(output, {"type"}) != Json("message")) continue;
    response.text += text_of_parts(at_path(output, {"content"}), {"output_text", "text"});
    refused = refused || at_path(output, {"content", "0", "type"}) == Json("refusal");
  }
  const std::string status = words_of(at_path(body, {"status"}));
  response.detail = words_of(at_path(body, {"incomplete_details", "reason"}));
  const bool filtered = response.detail == "content_filter";
  response.state = refused || filtered      ? ResponseState::kRefused
                   : status == "incomplete" ? ResponseState::kCut
                   : status == "failed"     ? ResponseState::kErrored
                                            : ResponseState::kAnswered;
  const Json& usage = at_path(body, {"usage"});
  response.usage = {count_of(at_path(usage, {"input_tokens"})),
                    count_of(at_path(usage, {"output_tokens"})),
                    count_of(at_path(usage, {"output_tokens_details", "reasoning_tokens"}))};
}

/// A row as the published evaluation reduces it.
Response reduced_row(const Json& row) {
  Response response{words_of(row.at("custom_id")), ResponseState::kErrored, "", "", {}};
  response.text = words_of(at_path(row, {"evaluator_response"}));
  response.detail = words_of(at_path(row, {"error"}));
  const bool good = at_path(row, {"error"}).is_null() && row.at("status_code") == 200;
  if (good) response.state = ResponseState::kAnswered;
  return response;
}

}  // namespace

std::optional<Response> openai_response(const Json& row) {
  if (!row.is_object() || !row.contains("custom_id")) return std::nullopt;
  if (row.contains("evaluator_response")) return reduced_row(row);
  if (!row.contains("response")) return std::nullopt;
  Response response{words_of(row.at("custom_id")), ResponseState::kErrored, "", "", {}};
  const Json& answer = row.at("response");
  const Json& error = at_path(row, {"error"});
  const Json& body = at_path(answer, {"body"});
  const bool good = error.is_null() && at_path(answer, {"status_code"}) == Json(200);
  response.model = words_of(at_path(body, {"model"}));
  if (!good) {
    response.detail = words_of(error.is_null() ? at_path(body, {"error", "message"})
                                               : at_path(error, {"message"}));
    if (response.detail.empty()) response.detail = cat("status ", at_path(answer, {"status_code"}));
  } else if (body.contains("output")) {
    read_responses_api(body, response);
  } else {
    read_chat(body, response);
  }
  return response;
}

}  // namespace recombine
