// One table of ends.

#include "eval/llm/stop_reasons.h"

#include <set>

#include <gtest/gtest.h>

namespace recombine {
namespace {

TEST(StopReasons, MeanTheSameInAnySpelling) {
  for (const char* word :
       {"max_tokens", "MAX_TOKENS", "maxTokens", "max-tokens", "Max Tokens",
        "FinishReason.MAX_TOKENS", "FINISH_REASON_MAX_TOKENS", "max_new_tokens", "MAX_NEW_TOKENS"})
    EXPECT_EQ(state_of_end(word), ResponseState::kCut) << word;
  for (const char* word : {"end_turn", "endTurn", "STOP", "eosFound", "COMPLETE", "", " ",
                           "FINISH_REASON_STOP", "FinishReason.STOP", "FINISH_REASON_UNSPECIFIED"})
    EXPECT_EQ(state_of_end(word), ResponseState::kAnswered) << word;
  for (const char* word : {"contentFiltered", "content-filter", "SAFETY", "ERROR_TOXIC"})
    EXPECT_EQ(state_of_end(word), ResponseState::kRefused) << word;
}

TEST(StopReasons, AreNoEndsWhereTheyAreNotKnown) {
  for (const char* word : {"pause_turn", "tool_calls", "load", "42", "stopped", "stop!now",
                           "FINISH_REASON", "finish_reason_of_its_own"})
    EXPECT_EQ(state_of_end(word), ResponseState::kOtherwise) << word;
}

TEST(StopReasons, HaveEachWordOnce) {
  std::set<std::string_view> seen;
  for (const StopReason& reason : stop_reasons()) {
    EXPECT_TRUE(seen.insert(reason.word).second) << reason.word;
    EXPECT_EQ(state_of_end(reason.word), reason.state) << reason.word;
    EXPECT_FALSE(reason.who.empty());
  }
}

}  // namespace
}  // namespace recombine
