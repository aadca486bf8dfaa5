#include "eval/llm/stop_reasons.h"

#include <algorithm>
#include <array>

#include "data/text.h"

namespace recombine {
namespace {

constexpr auto kEnds = ResponseState::kAnswered;
constexpr auto kCuts = ResponseState::kCut;
constexpr auto kRefuses = ResponseState::kRefused;
constexpr auto kFails = ResponseState::kErrored;
constexpr auto kElse = ResponseState::kOtherwise;

constexpr std::string_view kChat = "OpenAI's chat completions and servers that speak them";
constexpr std::string_view kResponses = "OpenAI's Responses API";
constexpr std::string_view kAnthropic = "Anthropic";
constexpr std::string_view kGemini = "Gemini";
constexpr std::string_view kMistral = "Mistral";
constexpr std::string_view kDeepSeek = "DeepSeek";
constexpr std::string_view kBedrock = "Bedrock";
constexpr std::string_view kCohere = "Cohere";
constexpr std::string_view kInspect = "inspect_ai";
constexpr std::string_view kRunners = "Hugging Face's servers, vLLM, SGLang";
constexpr std::string_view kLocal = "llama.cpp, Ollama, LM Studio";
constexpr std::string_view kOthers = "others";

constexpr std::array kReasons = {
    // Finished.
    StopReason{"stop", kEnds, kChat},
    StopReason{"end_turn", kEnds, kAnthropic},
    StopReason{"stop_sequence", kEnds, kAnthropic},
    StopReason{"completed", kEnds, kResponses},
    StopReason{"complete", kEnds, kCohere},
    StopReason{"eos", kEnds, kOthers},
    StopReason{"eos_token", kEnds, kRunners},
    StopReason{"end_of_text", kEnds, kOthers},
    StopReason{"eos_found", kEnds, kLocal},
    StopReason{"stop_string_found", kEnds, kLocal},
    StopReason{"finish_reason_unspecified", kEnds, kGemini},
    // The longest answer, or all that the model can hold.
    StopReason{"length", kCuts, kChat},
    StopReason{"max_tokens", kCuts, kAnthropic},
    StopReason{"model_context_window_exceeded", kCuts, kAnthropic},
    StopReason{"max_output_tokens", kCuts, kResponses},
    StopReason{"max_completion_tokens", kCuts, kOthers},
    StopReason{"max_new_tokens", kCuts, kRunners},
    StopReason{"incomplete", kCuts, kResponses},
    StopReason{"model_length", kCuts, kMistral},
    StopReason{"max_length", kCuts, kOthers},
    StopReason{"context_length_exceeded", kCuts, kOthers},
    StopReason{"context_window_exceeded", kCuts, kOthers},
    StopReason{"error_limit", kCuts, kCohere},
    StopReason{"limit", kCuts, kLocal},
    StopReason{"max_predicted_tokens_reached", kCuts, kLocal},
    StopReason{"context_length_reached", kCuts, kLocal},
    StopReason{"token_limit", kCuts, kInspect},
    StopReason{"context_limit", kCuts, kInspect},
    StopReason{"time_limit", kCuts, kInspect},
    StopReason{"working_limit", kCuts, kInspect},
    // Would not.
    StopReason{"refusal", kRefuses, kAnthropic},
    StopReason{"content_filter", kRefuses, kChat},
    StopReason{"content_filtered", kRefuses, kBedrock},
    StopReason{"guardrail_intervened", kRefuses, kBedrock},
    StopReason{"error_toxic", kRefuses, kCohere},
    StopReason{"sensitive", kRefuses, kOthers},
    StopReason{"invalid_prompt", kRefuses, kResponses},
    StopReason{"responsible_ai_policy_violation", kRefuses, "Azure"},
    StopReason{"safety", kRefuses, kGemini},
    StopReason{"recitation", kRefuses, kGemini},
    StopReason{"language", kRefuses, kGemini},
    StopReason{"blocklist", kRefuses, kGemini},
    StopReason{"prohibited_content", kRefuses, kGemini},
    StopReason{"spii", kRefuses, kGemini},
    StopReason{"jailbreak", kRefuses, kGemini},
    StopReason{"model_armor", kRefuses, kGemini},
    StopReason{"image_safety", kRefuses, kGemini},
    StopReason{"image_prohibited_content", kRefuses, kGemini},
    StopReason{"image_recitation", kRefuses, kGemini},
    // Did not come to an end.
    StopReason{"error", kFails, kMistral},
    StopReason{"failed", kFails, kResponses},
    StopReason{"expired", kFails, kAnthropic},
    StopReason{"canceled", kFails, kAnthropic},
    StopReason{"cancelled", kFails, kResponses},
    StopReason{"errored", kFails, kAnthropic},
    // Known, and neither: the text before may be all, or not.
    StopReason{"tool_calls", kElse, kChat},
    StopReason{"function_call", kElse, kChat},
    StopReason{"tool_use", kElse, kAnthropic},
    StopReason{"pause_turn", kElse, kAnthropic},
    StopReason{"compaction", kElse, kAnthropic},
    StopReason{"abort", kElse, kRunners},
    StopReason{"insufficient_system_resource", kElse, kDeepSeek},
    StopReason{"unknown", kElse, kInspect},
    StopReason{"other", kElse, kGemini},
    StopReason{"malformed_function_call", kElse, kGemini},
    StopReason{"unexpected_tool_call", kElse, kGemini},
    StopReason{"too_many_tool_calls", kElse, kGemini},
    StopReason{"malformed_response", kElse, kGemini},
    StopReason{"max_messages", kElse, kResponses},
    StopReason{"in_progress", kElse, kResponses},
    StopReason{"queued", kElse, kResponses},
};

/// Small letters alone, of what stands behind the last dot, without the name of the list of words
/// that some put before each.
std::string plain_word(std::string_view word) {
  constexpr std::string_view kListName = "finishreason";
  std::string plain = lower_case(word.substr(std::min(word.rfind('.') + 1, word.size())));
  std::erase_if(plain, [](char c) { return c < 'a' || c > 'z'; });
  if (plain.starts_with(kListName) && plain.size() > kListName.size())
    plain.erase(0, kListName.size());
  return plain;
}

}  // namespace

std::span<const StopReason> stop_reasons() { return kReasons; }

ResponseState state_of_end(std::string_view word) {
  const std::string plain = plain_word(word);
  if (plain.empty() && trim(word).empty()) return kEnds;
  const auto found = std::ranges::find_if(
      kReasons, [&](const StopReason& reason) { return plain_word(reason.word) == plain; });
  return found == kReasons.end() ? kElse : found->state;
}

}  // namespace recombine
