// The list of providers. To add one: a declaration and an entry.

#include <array>

#include "data/error.h"
#include "data/text.h"
#include "eval/llm/provider.h"

namespace recombine {

std::string openai_request(const Question& question, const PromptConfig& config);
std::optional<Response> openai_response(const Json& row);
std::string anthropic_request(const Question& question, const PromptConfig& config);
std::optional<Response> anthropic_response(const Json& row);
std::string gemini_request(const Question& question, const PromptConfig& config);
std::optional<Response> gemini_response(const Json& row);
std::string lm_eval_request(const Question& question, const PromptConfig& config);
std::vector<Companion> lm_eval_companions(const PromptFolder& folder, const PromptConfig& config);
std::optional<Response> lm_eval_response(const Json& row);
std::string inspect_request(const Question& question, const PromptConfig& config);
std::vector<Companion> inspect_companions(const PromptFolder& folder, const PromptConfig& config);
std::optional<Response> inspect_response(const Json& row);
std::string text_request(const Question& question, const PromptConfig& config);

namespace {

constexpr std::uint64_t kMegabyte = 1000 * 1000;
constexpr RequestFiles kLines = {".jsonl", "", "\n", "\n", 0, 0, false};

constexpr std::array kProviders = {
    Provider{"openai",
             "batches of chat completions (lines of /v1/chat/completions)",
             {".jsonl", "", "\n", "\n", 50000, 200 * kMegabyte, false},
             true,
             true,
             false,
             openai_request,
             nullptr,
             openai_response},
    Provider{"anthropic",
             "message batches ({\"requests\": [...]})",
             {".json", "{\"requests\":[\n", ",\n", "\n]}\n", 100000, 256 * kMegabyte, false},
             true,
             true,
             false,
             anthropic_request,
             nullptr,
             anthropic_response},
    Provider{"gemini",
             "batches of the developer API, or of Vertex AI (--flavour vertex)",
             {".jsonl", "", "\n", "\n", 0, 2000 * kMegabyte, false},
             true,
             true,
             true,
             gemini_request,
             nullptr,
             gemini_response},
    Provider{"lm-eval", "a task of the lm-evaluation-harness: YAML and JSON lines", kLines, false,
             false, false, lm_eval_request, lm_eval_companions, lm_eval_response},
    Provider{"inspect", "a task of inspect_ai: JSON lines and a short Python file", kLines, true,
             false, false, inspect_request, inspect_companions, inspect_response},
    Provider{"text",
             "a text file a question, to paste into a chat",
             {".txt", "", "", "", 1, 0, true},
             true,
             false,
             false,
             text_request,
             nullptr,
             nullptr},
};

}  // namespace

std::span<const Provider> providers() { return kProviders; }

const Provider& find_provider(std::string_view name) {
  std::vector<std::string> known;
  for (const Provider& provider : kProviders) {
    if (provider.name == name) return provider;
    known.emplace_back(provider.name);
  }
  throw InputError(cat("--provider ", name, ": is not known; did you mean ",
                       nearest_name(name, known), "? known: ", join_text(known, ", ")));
}

}  // namespace recombine
