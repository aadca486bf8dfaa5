// What each provider's rows of results say.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "eval/llm/provider.h"

namespace recombine {
namespace {

/// The one provider that knows the row; more than one would be a mistake of ours.
Response read(const std::string& text) {
  const Json row = Json::parse(text);
  std::optional<Response> found;
  for (const Provider& provider : providers()) {
    if (provider.response == nullptr) continue;
    const auto response = provider.response(row);
    EXPECT_FALSE(found && response) << provider.name << " reads it too";
    if (response) found = response;
  }
  EXPECT_TRUE(found.has_value()) << text;
  return found.value_or(Response{});
}

Response made(ResponseState state,
              const std::string& text,
              const std::string& detail = "",
              Usage usage = {}) {
  return {"i", state, text, detail, usage};
}

std::string chat(const std::string& choice) {
  return R"({"id":"r","custom_id":"i","error":null,"response":{"status_code":200,"body":{"choices":[)" +
         choice +
         R"(],"usage":{"prompt_tokens":9,"completion_tokens":5,"completion_tokens_details":{"reasoning_tokens":2}}}}})";
}

TEST(OpenAi, TellsHowAChatEnded) {
  const Usage usage{9, 5, 2};
  EXPECT_EQ(read(chat(R"({"message":{"content":"a"},"finish_reason":"stop"})")),
            made(ResponseState::kAnswered, "a", "stop", usage));
  EXPECT_EQ(read(chat(R"({"message":{"content":"a"},"finish_reason":"length"})")),
            made(ResponseState::kCut, "a", "length", usage));
  EXPECT_EQ(read(chat(R"({"message":{"content":null,"refusal":"No."},"finish_reason":"stop"})")),
            made(ResponseState::kRefused, "", "No.", usage));
  EXPECT_EQ(
      read(chat(
          R"({"message":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},"finish_reason":"stop"})")),
      made(ResponseState::kAnswered, "ab", "stop", usage));
  EXPECT_EQ(read(chat("")).state, ResponseState::kErrored);
}

TEST(OpenAi, TellsWhyARequestFailed) {
  EXPECT_EQ(read(R"({"custom_id":"i","response":null,"error":{"code":"c","message":"too late"}})"),
            made(ResponseState::kErrored, "", "too late"));
  EXPECT_EQ(
      read(
          R"({"custom_id":"i","response":{"status_code":429,"body":{"error":{"message":"slow down"}}},"error":null})"),
      made(ResponseState::kErrored, "", "slow down"));
  EXPECT_EQ(read(R"({"custom_id":"i","response":{"status_code":500,"body":""},"error":null})"),
            made(ResponseState::kErrored, "", "status 500"));
}

TEST(OpenAi, ReadsTheResponsesApiAndRowsOfThePublishedEvaluation) {
  const std::string begin =
      R"({"custom_id":"i","error":null,"response":{"status_code":200,"body":{"output":[{"type":"reasoning","summary":[]},{"type":"message","content":[{"type":"output_text","text":"a"}]}],)";
  EXPECT_EQ(read(begin + R"("status":"completed","usage":{"input_tokens":3,"output_tokens":4}}}})"),
            made(ResponseState::kAnswered, "a", "", {3, 4, 0}));
  EXPECT_EQ(read(begin +
                 R"("status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}}}})"),
            made(ResponseState::kCut, "a", "max_output_tokens"));
  EXPECT_EQ(
      read(
          R"({"custom_id":"i","status_code":200,"error":null,"evaluator_input":["q"],"evaluator_response":"a"})"),
      made(ResponseState::kAnswered, "a"));
  EXPECT_EQ(
      read(
          R"({"custom_id":"i","status_code":400,"error":"bad","evaluator_input":["q"],"evaluator_response":null})")
          .state,
      ResponseState::kErrored);
}

TEST(Anthropic, TellsHowAMessageEnded) {
  const auto message = [](const std::string& stop) {
    return read(
        R"({"custom_id":"i","result":{"type":"succeeded","message":{"content":[{"type":"thinking","thinking":"no"},{"type":"text","text":"a"}],"stop_reason":")" +
        stop + R"(","usage":{"input_tokens":3,"output_tokens":4}}}})");
  };
  EXPECT_EQ(message("end_turn"), made(ResponseState::kAnswered, "a", "end_turn", {3, 4, 0}));
  EXPECT_EQ(message("max_tokens").state, ResponseState::kCut);
  EXPECT_EQ(message("refusal").state, ResponseState::kRefused);
  EXPECT_EQ(
      read(
          R"({"custom_id":"i","result":{"type":"errored","error":{"type":"error","error":{"type":"overloaded_error","message":"busy"}}}})"),
      made(ResponseState::kErrored, "", "busy"));
  EXPECT_EQ(read(R"({"custom_id":"i","result":{"type":"expired"}})"),
            made(ResponseState::kErrored, "", "expired"));
}

TEST(Gemini, TellsHowAnAnswerEndedInBothFlavours) {
  const auto candidate = [](const std::string& finish) {
    return R"("response":{"candidates":[{"content":{"parts":[{"text":"no","thought":true},{"text":"a"}]},"finishReason":")" +
           finish +
           R"("}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":4,"thoughtsTokenCount":5}})";
  };
  const std::string developer = R"({"key":"i",)";
  const std::string vertex =
      R"({"status":"","request":{"contents":[],"labels":{"custom_id":"i"}},)";
  for (const std::string& begin : {developer, vertex}) {
    EXPECT_EQ(read(begin + candidate("STOP") + "}"),
              made(ResponseState::kAnswered, "a", "STOP", {3, 9, 5}));
    EXPECT_EQ(read(begin + candidate("MAX_TOKENS") + "}").state, ResponseState::kCut);
    EXPECT_EQ(read(begin + candidate("SAFETY") + "}").state, ResponseState::kRefused);
    EXPECT_EQ(read(begin + R"("response":{"promptFeedback":{"blockReason":"OTHER"}}})"),
              made(ResponseState::kRefused, "", "OTHER"));
  }
  EXPECT_EQ(read(R"({"key":"i","error":{"code":8,"message":"quota"}})"),
            made(ResponseState::kErrored, "", "quota"));
  EXPECT_EQ(read(R"({"status":"Internal","request":{"labels":{"custom_id":"i"}},"response":{}})"),
            made(ResponseState::kErrored, "", "Internal"));
}

TEST(Harnesses, TellWhatTheyLogged) {
  EXPECT_EQ(
      read(
          R"({"doc_id":0,"doc":{"id":"i","prompt":"q"},"resps":[["a"]],"filtered_resps":["[invalid]"]})"),
      made(ResponseState::kAnswered, "a"));
  const auto sample = [](const std::string& rest) {
    return read(
        R"({"id":"i","epoch":1,"input":"q","output":{"choices":[{"message":{"content":[{"type":"reasoning","reasoning":"no"},{"type":"text","text":"a"}]},"stop_reason":"max_tokens"}]})" +
        rest);
  };
  EXPECT_EQ(sample("}"), made(ResponseState::kCut, "a", "max_tokens"));
  EXPECT_EQ(sample(R"(,"error":{"message":"crash"}})"),
            made(ResponseState::kErrored, "a", "crash"));
}

}  // namespace
}  // namespace recombine
