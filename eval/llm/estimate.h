#pragma once
// What a batch will cost, before anyone pays.

#include <cstdint>
#include <string>
#include <string_view>

#include "eval/llm/config.h"
#include "eval/llm/question.h"

namespace recombine {

/// About how many tokens a text has: a word's six letters, three digits, a run of other signs, a
/// blank that no word takes. Near what byte-pair vocabularies do with lists of digits; no
/// provider's count.
std::uint64_t estimated_tokens(std::string_view text);

/// What so many tokens cost at prices of a million each; as the prices, in any currency.
double cost_of(std::uint64_t asked, std::uint64_t answered, const PromptPrices& prices);

/// Sums over requests.
struct Estimate {
  std::uint64_t requests = 0;
  std::uint64_t asked = 0;           ///< tokens of texts and pictures
  std::uint64_t answered_least = 0;  ///< tokens of the right answers alone
  std::uint64_t answered_most = 0;   ///< where every answer is as long as it may be

  void add(const Question& question, const PromptConfig& config);
};

/// A few lines for people, with prices where `config` has them.
std::string to_text(const Estimate& estimate, const PromptConfig& config);

}  // namespace recombine
