#pragma once
// Several answers to one request: which of them counts.

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "eval/llm/response.h"

namespace recombine {

enum class Repeats : std::uint8_t {
  kFirst,     ///< the first answer
  kLast,      ///< the last one
  kMajority,  ///< what most answers say
  kAll,       ///< each, in predictions of its own
};
inline constexpr std::array<std::string_view, 4> kRepeatsNames = {"first", "last", "majority",
                                                                  "all"};

/// Throws InputError for another name.
Repeats find_repeats(std::string_view name);

/// The answers to one request in the order in which they were made.
using RequestAnswers = std::vector<const Response*>;

/// What an answer says, in a form that can be compared; "" where it cannot be read.
using ReadVote = std::function<std::string(const Response&)>;

/// The one that counts; null where there is none. One with an answer counts before one that ended
/// otherwise, was cut off, refused or failed. Of `kMajority`, answers that can be read vote, and of
/// as many votes the answer counts that is first in the alphabet, so that their order is nothing;
/// `kAll` chooses as `kFirst`.
const Response* chosen_answer(const RequestAnswers& answers, Repeats repeats, const ReadVote& vote);

}  // namespace recombine
