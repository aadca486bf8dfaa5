#include "eval/llm/config.h"

#include "data/error.h"

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

}  // namespace recombine
