#include "data/json.h"

#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/fast_json.h"

namespace recombine {

// A Json is read and destroyed without recursion, but copied, compared and written with it: some
// 100,000 levels overflow the stack. They are counted ahead because Json::parse with a callback,
// which would count them too, walks through all members so far at the end of every object.
std::size_t too_deep_at(std::string_view text) {
  std::size_t levels = 0;
  bool quoted = false;
  for (std::size_t place = 0; place < text.size(); ++place) {
    const char c = text[place];
    if (c == '"') {
      quoted = !quoted;
    } else if (quoted) {
      place += c == '\\' ? 1 : 0;
    } else if (c == '[' || c == '{') {
      if (++levels > kMaxJsonLevels) return place + 1;
    } else if ((c == ']' || c == '}') && levels > 0) {
      --levels;
    }
  }
  return 0;
}

Json parse_json(std::string_view text) {
  constexpr int kSyntaxError = 101;
  if (std::optional<Json> json = fast_json(text)) return *std::move(json);
  if (const std::size_t byte = too_deep_at(text); byte > 0) {
    throw Json::parse_error::create(
        kSyntaxError, byte, cat("is nested deeper than ", kMaxJsonLevels, " levels"), nullptr);
  }
  return Json::parse(text);
}

Json try_parse_json(std::string_view text) {
  if (std::optional<Json> read = fast_json(text)) return *std::move(read);
  Json json(Json::value_t::discarded);
  if (too_deep_at(text) == 0) json = Json::parse(text, nullptr, false);
  return json;
}

std::uint64_t whole_number(const Json& value, std::string_view what, std::uint64_t most) {
  const bool from_zero =
      value.is_number_unsigned() || (value.is_number_integer() && value.get<std::int64_t>() >= 0);
  if (from_zero && value.get<std::uint64_t>() <= most) return value.get<std::uint64_t>();
  const bool limited = most < std::numeric_limits<std::uint64_t>::max();
  throw DataError(cat(what, " is ", value.dump(), "; must be a whole number from 0",
                      limited ? cat(" to ", most) : ""));
}

}  // namespace recombine
