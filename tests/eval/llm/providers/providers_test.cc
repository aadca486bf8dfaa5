// What each provider's rows of results say.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "eval/llm/provider.h"

namespace recombine {
namespace {

/// The one provider that knows the row; more than one would be a mistake of ours.
Response read_whole(const std::string& text) {
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

/// The same without what other tests look at.
Response read(const std::string& text) {
  const Response whole = read_whole(text);
  return {whole.id, whole.state, whole.text, whole.detail, whole.usage};
}

/// What tests of how an answer ended look at.
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

std::string ended(const std::string& text) { return read_whole(text).ended; }

TEST(OpenAi, NamesHowAnAnswerEnded) {
  const auto state = [](const std::string& finish) {
    return read(chat(R"({"message":{"content":"a"},"finish_reason":")" + finish + "\"}")).state;
  };
  EXPECT_EQ(state("model_length"), ResponseState::kCut);
  EXPECT_EQ(state("max_tokens"), ResponseState::kCut);
  EXPECT_EQ(state("eos"), ResponseState::kAnswered);
  EXPECT_EQ(state("tool_calls"), ResponseState::kOtherwise);
  EXPECT_EQ(state("abort"), ResponseState::kOtherwise);
  EXPECT_EQ(state("insufficient_system_resource"), ResponseState::kOtherwise);
  EXPECT_EQ(state("a word of tomorrow"), ResponseState::kOtherwise);
  EXPECT_EQ(state("error"), ResponseState::kErrored);
  EXPECT_EQ(read(chat(R"({"message":{"content":"a"}})")).state, ResponseState::kAnswered);
  EXPECT_EQ(ended(chat(R"({"message":{"content":"a"},"finish_reason":"abort"})")), "abort");
  EXPECT_EQ(
      ended(
          R"({"custom_id":"i","response":null,"error":{"code":"batch_expired","message":"late"}})"),
      "batch_expired");
}

TEST(OpenAi, TellsThoughtsFromTheAnswer) {
  const Response own = read_whole(chat(
      R"({"message":{"content":"a","reasoning_content":"hm","reasoning":"hm"},"finish_reason":"stop"})"));
  EXPECT_EQ(own.thoughts, (std::vector<Thought>{{"reasoning_content", "hm"}}));
  const Response parts = read_whole(chat(
      R"({"message":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"a"}]},"finish_reason":"stop"})"));
  EXPECT_EQ(parts.text, "a");
  EXPECT_EQ(parts.thoughts, (std::vector<Thought>{{"thinking", "hm"}}));
  const Response api = read_whole(
      R"({"custom_id":"i","error":null,"response":{"status_code":200,"body":{"status":"completed","output":[{"type":"reasoning","summary":[{"type":"summary_text","text":"hm"}]},{"type":"message","phase":"commentary","content":[{"type":"output_text","text":"I begin."}]},{"type":"message","phase":"final_answer","content":[{"type":"output_text","text":"a"}]}]}}})");
  EXPECT_EQ(api.text, "a");
  EXPECT_EQ(api.thoughts, (std::vector<Thought>{{"reasoning", "hm"}, {"commentary", "I begin."}}));
}

TEST(OpenAi, ReadsEveryChoiceAndTheFirstByItsIndex) {
  const Response response = read_whole(chat(
      R"({"index":1,"message":{"content":"b"},"finish_reason":"length"},{"index":0,"message":{"content":"a"},"finish_reason":"stop"})"));
  EXPECT_EQ(response.text, "a");
  EXPECT_EQ(response.usage, (Usage{9, 5, 2}));
  ASSERT_EQ(response.others.size(), 1U);
  EXPECT_EQ(response.others.front().text, "b");
  EXPECT_EQ(response.others.front().state, ResponseState::kCut);
}

TEST(OpenAi, ReadsWhatServersWriteThatSpeakItsForm) {
  EXPECT_EQ(
      read(
          R"({"custom_id":"i","response":{"id":"c","choices":[{"text":"a","finish_reason":"length"}]}})"),
      made(ResponseState::kCut, "a", "length"));
  EXPECT_EQ(
      read(
          R"({"custom_id":"i","response":{"status_code":200,"body":{"error":{"message":"overloaded","code":502}}},"error":null})"),
      made(ResponseState::kErrored, "", "overloaded"));
  EXPECT_EQ(
      read(
          R"({"custom_id":"i","response":{"status_code":400,"body":{"error":{"code":"content_filter","message":"filtered"}}},"error":null})")
          .state,
      ResponseState::kRefused);
  EXPECT_EQ(
      read(chat(
          R"({"message":{"content":"half"},"finish_reason":"error","error":{"message":"gone"}})")),
      made(ResponseState::kErrored, "half", "gone", {9, 5, 2}));
  const Response dated = read_whole(
      R"({"custom_id":"i","response":{"status_code":200,"body":{"id":"x","created":7,"choices":[]}},"error":null})");
  EXPECT_EQ(dated.made_at, 7);
  EXPECT_EQ(dated.serial, "x");
}

TEST(Anthropic, NamesHowAMessageEnded) {
  const auto message = [](const std::string& rest) {
    return read_whole(
        R"({"custom_id":"i","result":{"type":"succeeded","message":{"id":"m","content":[{"type":"thinking","thinking":"hm"},{"type":"redacted_thinking","data":"x"},{"type":"text","text":"a"},{"type":"tool_use","name":"t","input":{}},{"type":"text","text":"b"}],)" +
        rest + "}}}");
  };
  EXPECT_EQ(message(R"("stop_reason":"model_context_window_exceeded")").state, ResponseState::kCut);
  EXPECT_EQ(message(R"("stop_reason":"pause_turn")").state, ResponseState::kOtherwise);
  EXPECT_EQ(message(R"("stop_reason":"tool_use")").state, ResponseState::kOtherwise);
  EXPECT_EQ(message(R"("stop_reason":"stop_sequence")").state, ResponseState::kAnswered);
  const Response refused =
      message(R"("stop_reason":"refusal","stop_details":{"type":"refusal","explanation":"No."})");
  EXPECT_EQ(refused.state, ResponseState::kRefused);
  EXPECT_EQ(refused.detail, "No.");
  EXPECT_EQ(refused.ended, "refusal");
  EXPECT_EQ(refused.text, "ab");
  EXPECT_EQ(refused.serial, "m");
  EXPECT_EQ(refused.thoughts,
            (std::vector<Thought>{{"thinking", "hm"}, {"redacted_thinking", ""}}));
  EXPECT_EQ(
      ended(
          R"({"custom_id":"i","result":{"type":"errored","error":{"type":"error","error":{"type":"overloaded_error","message":"busy"}}}})"),
      "overloaded_error");
  EXPECT_EQ(ended(R"({"custom_id":"i","result":{"type":"canceled"}})"), "canceled");
}

TEST(Gemini, NamesHowAnAnswerEnded) {
  const auto candidate = [](const std::string& finish) {
    return read(
        R"({"key":"i","response":{"candidates":[{"content":{"parts":[{"text":"a"}]},"finish_reason":")" +
        finish + R"("}],"usage_metadata":{"prompt_token_count":3,"candidates_token_count":4}}})");
  };
  EXPECT_EQ(candidate("FinishReason.STOP"),
            made(ResponseState::kAnswered, "a", "FinishReason.STOP", {3, 4, 0}));
  EXPECT_EQ(candidate("OTHER").state, ResponseState::kOtherwise);
  EXPECT_EQ(candidate("MALFORMED_FUNCTION_CALL").state, ResponseState::kOtherwise);
  EXPECT_EQ(candidate("PROHIBITED_CONTENT").state, ResponseState::kRefused);
  EXPECT_EQ(
      ended(R"({"key":"i","error":{"code":8,"message":"quota","status":"RESOURCE_EXHAUSTED"}})"),
      "RESOURCE_EXHAUSTED");
}

TEST(Gemini, KeepsWhatThePublishedScriptsLookAt) {
  const Response response = read_whole(
      R"({"key":"i","response":{"candidates":[{"content":{"parts":[{"text":"hm","thought":true},{"text":"a"},{"text":"b"}]},"finishReason":"STOP"},{"content":{"parts":[{"text":"c"}]},"finishReason":"STOP"}]}})");
  EXPECT_EQ(response.text, "ab");
  EXPECT_EQ(response.published_text(), "hm");
  EXPECT_EQ(response.thoughts, (std::vector<Thought>{{"thought", "hm"}}));
  ASSERT_EQ(response.others.size(), 1U);
  EXPECT_EQ(response.others.front().published_text(), "c");
}

TEST(Harnesses, NameLimitsAndRepeats) {
  const Response limited = read_whole(
      R"({"id":"i","epoch":2,"limit":{"type":"token","limit":9},"output":{"choices":[{"message":{"content":"a"},"stop_reason":"stop"}]}})");
  EXPECT_EQ(limited.state, ResponseState::kCut);
  EXPECT_EQ(limited.ended, "token_limit");
  EXPECT_EQ(limited.made_at, 2);
  const Response failed = read_whole(
      R"({"id":"i","epoch":1,"output":{"model":"m","choices":[],"error":"rate limit"}})");
  EXPECT_EQ(failed.state, ResponseState::kErrored);
  EXPECT_EQ(failed.detail, "rate limit");
  const Response repeats = read_whole(R"({"doc":{"id":"i"},"resps":[["a","b",null]]})");
  EXPECT_EQ(repeats.text, "a");
  ASSERT_EQ(repeats.others.size(), 2U);
  EXPECT_EQ(repeats.others.front().text, "b");
  EXPECT_EQ(repeats.others.back().state, ResponseState::kErrored);
}

}  // namespace
}  // namespace recombine
