#pragma once
// What came back for one request, whoever sent it.

#include <cstdint>
#include <string>
#include <string_view>

namespace recombine {

/// From the best that can come back to the worst.
enum class ResponseState : std::uint8_t {
  kAnswered,
  kCut,      ///< the longest answer was reached: the text may end anywhere
  kRefused,  ///< the provider or its model would not answer
  kErrored,  ///< there is no answer: a failed, expired or cancelled request
};

/// "answered", "cut off", "refused", "provider error".
std::string_view state_name(ResponseState state);

struct Usage {
  std::uint64_t asked = 0;     ///< tokens
  std::uint64_t answered = 0;  ///< tokens, reasoning included where the provider counts so
  std::uint64_t reasoning = 0;

  friend auto operator<=>(const Usage&, const Usage&) = default;
};

struct Response {
  std::string id;
  ResponseState state = ResponseState::kErrored;
  std::string text;    ///< the answer, without what the provider marks as reasoning
  std::string detail;  ///< why there is none, in the provider's words
  Usage usage;
  std::string model = {};  ///< that answered, by its own words; "": not said

  friend bool operator==(const Response&, const Response&) = default;
};

}  // namespace recombine
