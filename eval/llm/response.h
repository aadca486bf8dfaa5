#pragma once
// What came back for one request, whoever sent it.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace recombine {

/// From the best that can come back to the worst.
enum class ResponseState : std::uint8_t {
  kAnswered,
  kOtherwise,  ///< ended for a reason that is neither: a call of a tool, a pause, one that is not
               ///< known. The text may be unfinished
  kCut,        ///< the longest answer was reached: the text may end anywhere
  kRefused,    ///< the provider or its model would not answer
  kErrored,    ///< there is no answer: a failed, expired or cancelled request
};

/// "answered", "ended otherwise", "cut off", "refused", "provider error".
std::string_view state_name(ResponseState state);

struct Usage {
  std::uint64_t asked = 0;     ///< tokens
  std::uint64_t answered = 0;  ///< tokens, reasoning included where the provider counts so
  std::uint64_t reasoning = 0;

  friend auto operator<=>(const Usage&, const Usage&) = default;
};

/// What a model wrote to itself.
struct Thought {
  std::string kind;  ///< how it was told apart: the mark, or the provider's word for it
  std::string text;

  friend bool operator==(const Thought&, const Thought&) = default;
};

struct Response {
  std::string id;
  ResponseState state = ResponseState::kErrored;
  std::string text;    ///< the answer, without what the provider marks as reasoning
  std::string detail;  ///< why there is none, in the provider's words
  Usage usage;
  std::string model = {};  ///< that answered, by its own words; "": not said
  std::string ended = {};  ///< why, in the provider's word: "stop", "expired"; "": not said
  std::vector<Thought> thoughts = {};  ///< what the provider marks as reasoning
  std::string published = {};  ///< the text that the published scripts look at, where they look at
                               ///< one; where `published_differs`, in place of `text`
  bool published_differs = false;
  std::string serial = {};   ///< tells this answer from others to the request; "": nothing does
  std::int64_t made_at = 0;  ///< orders answers to one request; 0: not said
  std::vector<Response> others = {};  ///< further choices of the same request

  const std::string& published_text() const { return published_differs ? published : text; }

  friend bool operator==(const Response&, const Response&) = default;
};

}  // namespace recombine
