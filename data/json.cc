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

namespace {

[[noreturn]] void refuse_number(const Json& value, std::string_view wanted) {
  constexpr int kWrongType = 302;
  throw Json::type_error::create(
      kWrongType,
      cat("must be ", wanted, ", and is ", value.is_number() ? value.dump() : value.type_name()),
      nullptr);
}

}  // namespace

template <>
std::int64_t whole<std::int64_t>(const Json& value) {
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const bool fits = value.is_number_integer() &&
                    !(value.is_number_unsigned() && value.get<std::uint64_t>() > kMost);
  if (!fits) refuse_number(value, "a whole number of 64 bits");
  return value.get<std::int64_t>();
}

template <>
int whole<int>(const Json& value) {
  const auto number = whole<std::int64_t>(value);
  if (!std::in_range<int>(number)) refuse_number(value, "a whole number of 32 bits");
  return static_cast<int>(number);
}

template <>
std::uint64_t whole<std::uint64_t>(const Json& value) {
  const bool fits =
      value.is_number_unsigned() || (value.is_number_integer() && value.get<std::int64_t>() >= 0);
  if (!fits) refuse_number(value, "a whole number from 0");
  return value.get<std::uint64_t>();
}

std::uint64_t whole_or(const Json& object, const char* key, std::uint64_t otherwise) {
  const auto found = object.find(key);
  return found == object.end() ? otherwise : whole<std::uint64_t>(*found);
}

std::map<std::string, std::uint64_t> whole_counts(const Json& object) {
  if (!object.is_object()) refuse_number(object, "an object of whole numbers");
  std::map<std::string, std::uint64_t> counts;
  for (const auto& [name, count] : object.items()) counts[name] = whole<std::uint64_t>(count);
  return counts;
}

}  // namespace recombine
