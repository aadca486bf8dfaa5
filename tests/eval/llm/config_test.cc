// How long an answer may be.

#include "eval/llm/config.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "eval/llm/estimate.h"
#include "eval/llm/prompts/grid_question.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

using testing::HasSubstr;

std::uint64_t tokens_of_side(int side) {
  return estimated_tokens("output: " + python_list(Grid(side)));
}

PromptConfig config_with(int max_tokens, const std::string& reasoning = "") {
  PromptConfig config;
  config.max_tokens = max_tokens;
  config.reasoning = reasoning;
  return config;
}

TEST(AnswerTokens, AreAsPublishedWhereThatIsEnough) {
  EXPECT_EQ(config_with(0).tokens_for(tokens_of_side(10)), 1000);
  EXPECT_EQ(config_with(0, "low").tokens_for(tokens_of_side(10)), 26000);
  EXPECT_EQ(config_with(0, "high").tokens_for(tokens_of_side(30)), 26000);
}

TEST(AnswerTokens, AreMoreWhereARightAnswerNeedsThem) {
  for (int side = 2; side <= kMaxSide; ++side) {
    const std::uint64_t longest = tokens_of_side(side);
    const int tokens = config_with(0).tokens_for(longest);
    EXPECT_GE(static_cast<std::uint64_t>(tokens), std::max<std::uint64_t>(1000, longest * 3 / 2));
    EXPECT_EQ(config_with(tokens).tokens_for(longest), tokens);
  }
}

TEST(AnswerTokens, AreRefusedWhereEveryRightAnswerWouldBeCut) {
  const std::uint64_t longest = tokens_of_side(30);
  const auto refused = [&](int tokens, const std::string& reasoning) {
    return message_of<InputError>([&] { config_with(tokens, reasoning).tokens_for(longest); });
  };
  EXPECT_THAT(refused(1000, ""), HasSubstr("--max-tokens 1000: a right answer has about 2,"));
  EXPECT_THAT(refused(1000, ""), HasSubstr("give at least 4,100"));
  EXPECT_THAT(refused(8000, "high"), HasSubstr("--reasoning high thinks with 6,000"));
  EXPECT_EQ(refused(8000, "low"), "nothing thrown");
  EXPECT_EQ(refused(3000, ""), "nothing thrown");
}

TEST(ThoughtTokens, AreAShareOfTheLongestAnswer) {
  EXPECT_EQ(config_with(4000).thought_tokens(), 0);
  EXPECT_EQ(config_with(4000, "low").thought_tokens(), 1000);
  EXPECT_EQ(config_with(4000, "medium").thought_tokens(), 2000);
  EXPECT_EQ(config_with(4000, "high").thought_tokens(), 3000);
}

}  // namespace
}  // namespace recombine
