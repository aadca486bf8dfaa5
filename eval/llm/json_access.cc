#include "eval/llm/json_access.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/text.h"

namespace recombine {
namespace {

const Json& nothing() {
  static const Json kNothing;
  return kNothing;
}

const Json& child_of(const Json& json, std::string_view key) {
  if (json.is_object()) {
    const auto found = json.find(std::string(key));
    return found == json.end() ? nothing() : *found;
  }
  const auto index = parse_number<std::size_t>(key);
  return json.is_array() && index && *index < json.size() ? json[*index] : nothing();
}

}  // namespace

const Json& at_path(const Json& json, std::initializer_list<std::string_view> path) {
  const Json* place = &json;
  for (const std::string_view key : path) place = &child_of(*place, key);
  return *place;
}

const Json& at_any(const Json& object, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    const Json& value = at_path(object, {name});
    if (!value.is_null()) return value;
  }
  return nothing();
}

void add_thought(std::vector<Thought>& thoughts, std::string_view kind, const Json& words) {
  std::string text =
      words.is_array()
          ? text_of_parts(words, {"text", "summary_text", "reasoning_text", "reasoning.text"})
          : words_of(words);
  if (!text.empty()) thoughts.push_back({std::string(kind), std::move(text)});
}

SpokenParts spoken_parts(const Json& content, std::initializer_list<std::string_view> types) {
  SpokenParts spoken;
  if (content.is_string()) spoken.text = content.get<std::string>();
  if (!content.is_array()) return spoken;
  for (const Json& part : content) {
    const std::string type = words_of(at_path(part, {"type"}));
    const Json& words = at_path(part, {"text"});
    const bool known = type.empty() || std::ranges::find(types, type) != types.end();
    if (at_path(part, {"thought"}) == Json(true)) {
      add_thought(spoken.thoughts, "thought", words);
    } else if (type == "thinking" || type == "reasoning") {
      add_thought(spoken.thoughts, type,
                  at_any(part, {"thinking", "reasoning", "text", "summary"}));
    } else if (type == "redacted_thinking") {
      spoken.thoughts.push_back({type, ""});
    } else if (type == "refusal" || at_path(part, {"refusal"}) == Json(true)) {
      const Json& why = type == "refusal" ? at_any(part, {"refusal", "text"}) : words;
      spoken.refusal += words_of(why).empty() ? "refusal" : words_of(why);
    } else if (part.is_string()) {
      spoken.text += part.get<std::string>();
    } else if (known && words.is_string()) {
      spoken.text += words.get<std::string>();
    }
  }
  return spoken;
}

std::string text_of_parts(const Json& content, std::initializer_list<std::string_view> types) {
  return spoken_parts(content, types).text;
}

std::uint64_t count_of(const Json& json) {
  return json.is_number_unsigned() ? json.get<std::uint64_t>() : 0;
}

std::string words_of(const Json& json) {
  if (json.is_null()) return "";
  return json.is_string() ? json.get<std::string>() : json.dump();
}

}  // namespace recombine
