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

std::string text_of_parts(const Json& content, std::initializer_list<std::string_view> types) {
  if (content.is_string()) return content.get<std::string>();
  std::string text;
  if (!content.is_array()) return text;
  for (const Json& part : content) {
    const Json& type = at_path(part, {"type"});
    const bool known =
        !type.is_string() || std::ranges::find(types, type.get<std::string>()) != types.end();
    const bool thought = at_path(part, {"thought"}) == Json(true);
    const Json& words = at_path(part, {"text"});
    if (known && !thought && words.is_string()) text += words.get<std::string>();
  }
  return text;
}

std::uint64_t count_of(const Json& json) {
  return json.is_number_unsigned() ? json.get<std::uint64_t>() : 0;
}

std::string words_of(const Json& json) {
  if (json.is_null()) return "";
  return json.is_string() ? json.get<std::string>() : json.dump();
}

}  // namespace recombine
