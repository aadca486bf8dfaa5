// OpenAI's batches of chat completions: a line a request; results of the Responses API are read
// too.

#include <algorithm>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/llm/base64.h"
#include "eval/llm/json_access.h"
#include "eval/llm/provider.h"
#include "eval/llm/stop_reasons.h"

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

/// The choice that comes first by its index, then the others in their order.
std::vector<const Json*> choices_of(const Json& body) {
  std::vector<const Json*> choices;
  const Json& list = at_path(body, {"choices"});
  if (!list.is_array()) return choices;
  for (const Json& choice : list) choices.push_back(&choice);
  std::ranges::stable_sort(
      choices, {}, [](const Json* choice) { return count_of(at_path(*choice, {"index"})); });
  return choices;
}

/// One choice of a chat, or of the older completions, whose text lies beside it.
Response read_choice(const Json& choice) {
  Response response;
  const Json& message = at_path(choice, {"message"});
  const Json& content =
      message.is_object() ? at_path(message, {"content"}) : at_path(choice, {"text"});
  SpokenParts spoken = spoken_parts(content, {"text", "output_text"});
  response.text = std::move(spoken.text);
  response.thoughts = std::move(spoken.thoughts);
  // The same thought under two names, as gateways write it, is one.
  add_thought(response.thoughts, "reasoning_content",
              at_any(message, {"reasoning_content", "reasoning", "thinking", "reasoning_details"}));
  const std::string refusal = words_of(at_path(message, {"refusal"}));
  const std::string why = refusal.empty() ? spoken.refusal : refusal;
  const Json& error = at_path(choice, {"error"});
  response.ended = words_of(at_any(choice, {"finish_reason", "finishReason"}));
  response.state = state_of_end(response.ended);
  response.detail = response.ended;
  if (!why.empty()) {
    response.state = ResponseState::kRefused;
    response.detail = why;
  } else if (!error.is_null()) {
    response.state = ResponseState::kErrored;
    response.detail = words_of(error.is_object() ? at_path(error, {"message"}) : error);
  }
  return response;
}

void read_chat(const Json& body, Response& response) {
  const std::vector<const Json*> choices = choices_of(body);
  if (choices.empty()) return;
  Response first = read_choice(*choices.front());
  first.id = response.id;
  first.model = response.model;
  response = std::move(first);
  for (std::size_t i = 1; i < choices.size(); ++i)
    response.others.push_back(read_choice(*choices[i]));
  const Json& usage = at_path(body, {"usage"});
  response.usage = {count_of(at_path(usage, {"prompt_tokens"})),
                    count_of(at_path(usage, {"completion_tokens"})),
                    count_of(at_path(usage, {"completion_tokens_details", "reasoning_tokens"}))};
}

/// One item of what the Responses API puts out. Whether it is a message.
bool read_output(const Json& output, Response& response, std::string& refusal) {
  const std::string type = words_of(at_path(output, {"type"}));
  SpokenParts spoken = spoken_parts(at_path(output, {"content"}), {"output_text", "text"});
  if (type == "reasoning") {
    for (const char* part : {"summary", "content"})
      add_thought(response.thoughts, type, at_path(output, {part}));
  } else if (type == "message" && at_path(output, {"phase"}) == Json("commentary")) {
    add_thought(response.thoughts, "commentary", spoken.text);
  } else if (type == "message") {
    response.text += spoken.text;
    refusal += spoken.refusal;
  }
  return type == "message";
}

void read_responses_api(const Json& body, Response& response) {
  std::string refusal;
  std::string called;  // the last thing was no message, but a call of a tool
  for (const Json& output : body.at("output")) {
    const std::string type = words_of(at_path(output, {"type"}));
    const bool message = read_output(output, response, refusal);
    called = !message && type.ends_with("_call") ? type : "";
  }
  const std::string status = words_of(at_path(body, {"status"}));
  const std::string why = words_of(at_path(body, {"incomplete_details", "reason"}));
  response.detail = why.empty() ? words_of(at_path(body, {"error", "message"})) : why;
  response.ended = !why.empty() ? why : status == "completed" && !called.empty() ? called : status;
  response.state = state_of_end(response.ended);
  if (!refusal.empty()) {
    response.state = ResponseState::kRefused;
    response.detail = refusal;
  }
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

/// Why a request failed. A prompt that a filter stopped is refused.
void read_failure(const Json& error, const Json& status, Response& response) {
  response.detail = words_of(error.is_object() ? at_path(error, {"message"}) : error);
  response.ended = words_of(at_any(error, {"code", "type"}));
  const std::string number = words_of(status);
  if (response.detail.empty()) response.detail = cat("status ", number.empty() ? "null" : number);
  if (response.ended.empty()) response.ended = "error";
  if (state_of_end(response.ended) == ResponseState::kRefused)
    response.state = ResponseState::kRefused;
}

}  // namespace

std::optional<Response> openai_response(const Json& row) {
  if (!row.is_object() || !row.contains("custom_id")) return std::nullopt;
  if (row.contains("evaluator_response")) return reduced_row(row);
  if (!row.contains("response")) return std::nullopt;
  Response response{words_of(row.at("custom_id")), ResponseState::kErrored, "", "", {}};
  const Json& answer = row.at("response");
  // Some servers leave out the envelope of status and body.
  const bool bare = answer.is_object() && !answer.contains("body") &&
                    (answer.contains("choices") || answer.contains("output"));
  const Json& body = bare ? answer : at_path(answer, {"body"});
  const Json& status = at_path(answer, {"status_code"});
  const Json& error = at_path(row, {"error"});
  const Json& within = at_path(body, {"error"});
  response.model = words_of(at_path(body, {"model"}));
  const bool good = error.is_null() && (bare || status == Json(200));
  const bool api = good && body.is_object() && body.contains("output");
  if (!good || (!within.is_null() && !api)) {
    read_failure(error.is_null() ? within : error, status, response);
  } else if (api) {
    read_responses_api(body, response);
  } else {
    read_chat(body, response);
  }
  response.serial = words_of(at_path(body, {"id"}));
  const Json& created = at_any(body, {"created", "created_at"});
  if (created.is_number_integer()) response.made_at = created.get<std::int64_t>();
  return response;
}

}  // namespace recombine
