#pragma once
// Reading results that may lack anything.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "data/json.h"
#include "eval/llm/response.h"

namespace recombine {

/// What lies at `path` (keys, and indices such as "0"); null where there is nothing.
const Json& at_path(const Json& json, std::initializer_list<std::string_view> path);

/// What lies at the first of the names under which an object has something; null where it has none:
/// the same key is "finishReason" in one library's rows and "finish_reason" in another's.
const Json& at_any(const Json& object, std::initializer_list<std::string_view> names);

/// What a model said, by who was to hear it.
struct SpokenParts {
  std::string text;
  std::vector<Thought> thoughts;
  std::string refusal;  ///< why it would not answer
};

/// A text, or a list of parts: those of a type among `types`, or without a type, are joined. Parts
/// that are thoughts ("thought": true; types "thinking", "reasoning", "redacted_thinking") and
/// refusals (type "refusal", "refusal": true) are told apart; others are passed over.
SpokenParts spoken_parts(const Json& content, std::initializer_list<std::string_view> types);

/// The `text` of spoken_parts().
std::string text_of_parts(const Json& content, std::initializer_list<std::string_view> types);

/// Adds a thought, where `words` has any.
void add_thought(std::vector<Thought>& thoughts, std::string_view kind, const Json& words);

/// A whole number that is not negative; 0 for anything else.
std::uint64_t count_of(const Json& json);

/// A text as it is, null as "", anything else as JSON.
std::string words_of(const Json& json);

}  // namespace recombine
