#include "data/fast_json.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_set>
#include <utility>

#include <nlohmann/json.hpp>
#include <simdjson.h>

namespace recombine {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kWorthIt = 64;  ///< bytes: shorter texts are read as fast without
constexpr std::size_t kKeptBytes = std::size_t{4} << 20U;  ///< longer texts keep no memory
constexpr std::size_t kMostBytes = std::size_t{1} << 30U;  ///< a parser takes several times as many

/// Whether a text has "-0" as a whole number, or the escape of half a pair. Json tells -0 from 0,
/// and what is done about halves differs by release.
bool has_doubtful_parts(std::string_view text) {
  constexpr std::string_view kGoesOn = "0123456789.eE";
  for (std::size_t at = text.find("-0"); at != std::string_view::npos;
       at = text.find("-0", at + 2)) {
    if (at + 2 == text.size() || kGoesOn.find(text[at + 2]) == std::string_view::npos) return true;
  }
  return text.find("\\ud") != std::string_view::npos || text.find("\\uD") != std::string_view::npos;
}

/// Makes a Json of a parsed text; no deeper than kMaxJsonLevels.
class JsonMaker {
 public:
  /// Whether every object was read; one of many keys that has a key twice is not.
  bool good() const { return good_; }

  Json value(const dom::element& element) {
    switch (element.type()) {
      case dom::element_type::ARRAY:
        return list(element.get_array().value_unsafe());
      case dom::element_type::OBJECT:
        return object(element.get_object().value_unsafe());
      case dom::element_type::INT64:
        return number(element.get_int64().value_unsafe());
      case dom::element_type::UINT64:
        return element.get_uint64().value_unsafe();
      case dom::element_type::DOUBLE:
        return element.get_double().value_unsafe();
      case dom::element_type::STRING:
        return std::string(element.get_string().value_unsafe());
      case dom::element_type::BOOL:
        return element.get_bool().value_unsafe();
      case dom::element_type::NULL_VALUE:
        break;
    }
    return nullptr;
  }

 private:
  static Json number(std::int64_t value) {
    if (value >= 0) return static_cast<std::uint64_t>(value);
    return value;
  }

  Json list(const dom::array& array) {
    Json::array_t values;
    values.reserve(array.size());
    for (const dom::element element : array) values.push_back(value(element));
    Json json = std::move(values);
    return json;
  }

  // A key that is there twice keeps its first place and gets its last value, as Json has it.
  Json object(const dom::object& fields) {
    constexpr std::size_t kFew = 32;  // Json looks for a key among all keys
    const bool many = fields.size() > kFew;
    Json::object_t values;
    std::unordered_set<std::string_view> keys;
    for (const dom::key_value_pair field : fields) {
      if (!many) {
        values[std::string(field.key)] = value(field.value);
        continue;
      }
      good_ = good_ && keys.insert(field.key).second;
      values.emplace_back(std::string(field.key), value(field.value));
    }
    Json json = std::move(values);
    return json;
  }

  bool good_ = true;
};

std::optional<Json> parsed_by(dom::parser& parser, std::string_view text) {
  dom::element element;
  if (parser.parse(text.data(), text.size()).get(element) != simdjson::SUCCESS) return std::nullopt;
  JsonMaker maker;
  Json json = maker.value(element);
  if (!maker.good()) return std::nullopt;
  return json;
}

}  // namespace

std::optional<Json> fast_json(std::string_view text) {
  if (text.size() < kWorthIt || text.size() > kMostBytes || has_doubtful_parts(text))
    return std::nullopt;
  const auto prepare = [&](dom::parser& parser) {
    return parser.max_depth() == kMaxJsonLevels ||
           parser.allocate(text.size(), kMaxJsonLevels) == simdjson::SUCCESS;
  };
  if (text.size() > kKeptBytes) {
    dom::parser parser;
    return prepare(parser) ? parsed_by(parser, text) : std::nullopt;
  }
  thread_local dom::parser parser;
  return prepare(parser) ? parsed_by(parser, text) : std::nullopt;
}

}  // namespace recombine
