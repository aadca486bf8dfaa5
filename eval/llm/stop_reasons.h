#pragma once
// Why an answer ended, in the words of providers and servers: one table for all of them.

#include <span>
#include <string>
#include <string_view>

#include "eval/llm/response.h"

namespace recombine {

/// A word for an end, and what it means.
struct StopReason {
  std::string_view word;
  ResponseState state;
  std::string_view who;  ///< says so
};

/// All words that are known. Those that are not mean ResponseState::kOtherwise.
std::span<const StopReason> stop_reasons();

/// What a word means: "end_turn", "END_TURN", "endTurn", "FinishReason.END_TURN" and
/// "FINISH_REASON_END_TURN" are the same.
/// "" is an answer: many servers say nothing.
ResponseState state_of_end(std::string_view word);

}  // namespace recombine
