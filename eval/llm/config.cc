#include "eval/llm/config.h"

#include <algorithm>

#include "data/error.h"
#include "eval/tables/table.h"

namespace recombine {

void PromptConfig::validate() const {
  require(!provider.empty(), "--provider is missing (list providers)");
  require(!model.empty(), "--model is missing: the name of the model that is asked");
  check_fields(*this);
  require(sample == "first" || limit > 0, "--sample ", sample, ": needs a --limit");
  require(!(image && image_only), "--image and --image-only: give one of them");
}

int PromptConfig::answer_tokens() const {
  constexpr int kPublished = 1000;
  constexpr int kPublishedReasoning = 26000;
  if (max_tokens > 0) return max_tokens;
  return reasoning.empty() ? kPublished : kPublishedReasoning;
}

namespace {

/// How many quarters of an answer are for thoughts.
int thought_quarters(const std::string& reasoning) {
  return reasoning.empty() ? 0 : reasoning == "low" ? 1 : reasoning == "medium" ? 2 : 3;
}

}  // namespace

int PromptConfig::thought_tokens() const {
  return answer_tokens() / 4 * thought_quarters(reasoning);
}

int PromptConfig::tokens_for(std::uint64_t longest) const {
  constexpr std::uint64_t kStep = 100;
  const auto asked = static_cast<std::uint64_t>(answer_tokens());
  const auto left = static_cast<std::uint64_t>(4 - thought_quarters(reasoning));
  // Half as much again for words around the grid, and for vocabularies that need more.
  const std::uint64_t roomy = (longest * 3 / 2 * 4 / left + kStep - 1) / kStep * kStep;
  if (max_tokens == 0) return static_cast<int>(std::max(asked, roomy));
  require(asked * left >= longest * 4, "--max-tokens ", max_tokens, ": a right answer has about ",
          grouped(longest), " tokens",
          reasoning.empty() ? ""
                            : cat(" and --reasoning ", reasoning, " thinks with ",
                                  grouped(static_cast<std::uint64_t>(thought_tokens()))),
          ", so answers would be cut off; give at least ", grouped(roomy),
          ", or leave the option out");
  return max_tokens;
}

}  // namespace recombine
