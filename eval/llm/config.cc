#include "eval/llm/config.h"

#include <algorithm>
#include <span>

#include "data/text.h"

namespace recombine {
namespace {

void require_one_of(const char* option, const std::string& value, const Names& known) {
  require(std::ranges::find(known, value) != known.end(), "--", option, " ", value,
          ": must be one of ", join_text(known, ", "));
}

}  // namespace

void PromptConfig::validate() const {
  require(!provider.empty(), "--provider is missing (list providers)");
  require(!model.empty(), "--model is missing: the name of the model that is asked");
  require_one_of("flavour", flavour, {"developer", "vertex"});
  require_one_of("sample", sample, {"first", "stratified"});
  require_one_of("queries", queries, {"first", "all"});
  require_one_of("bridge", bridge, {"auto", "on", "off"});
  if (!reasoning.empty()) require_one_of("reasoning", reasoning, {"low", "medium", "high"});
  require(limit >= 0, "--limit ", limit, ": must be at least 0");
  require(sample == "first" || limit > 0, "--sample ", sample, ": needs a --limit");
  require(shots >= 0, "--shots ", shots, ": must be at least 0");
  require(facts >= 0, "--facts ", facts, ": must be at least 0");
  require(cell >= 8 && cell <= 64, "--cell ", cell, ": must be 8..64");
  require(max_tokens >= 0, "--max-tokens ", max_tokens, ": must be at least 0");
  require(price_in >= 0, "--price-in ", price_in, ": must be at least 0");
  require(price_out >= 0, "--price-out ", price_out, ": must be at least 0");
  require(!(image && image_only), "--image and --image-only: give one of them");
}

int PromptConfig::answer_tokens() const {
  constexpr int kPublished = 1000;
  constexpr int kPublishedReasoning = 26000;
  if (max_tokens > 0) return max_tokens;
  return reasoning.empty() ? kPublished : kPublishedReasoning;
}

}  // namespace recombine
