#include "data/reading/lenient_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "data/error.h"
#include "data/reading/text_encoding.h"
#include "data/text.h"

namespace recombine {
namespace {

bool is_token_sign(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
         c == '-' || c == '.' || c == '_';
}

/// Whether a word means a number that JSON has not: NaN, an infinite one, one beyond a double.
bool is_beyond_json(std::string_view word) {
  std::string name = lower_case(word);
  if (name.starts_with('-') || name.starts_with('+')) name.erase(0, 1);
  if (name == "nan" || name == "inf" || name == "infinity") return true;
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  const bool beyond = error == std::errc::result_out_of_range && end == word.data() + word.size();
  return beyond && name.find("e-") == std::string::npos;
}

/// The number of four hexadecimal digits; nothing for other signs.
std::optional<unsigned> four_digits(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return std::nullopt;
  unsigned value = 0;
  const char* end = text.data() + at + 4;
  const auto [stop, error] = std::from_chars(text.data() + at, end, value, 16);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

/// One walk over a text that makes JSON of what is nearly JSON.
class Mender {
 public:
  explicit Mender(std::string_view text) : text_(text) {}

  void run() {
    mended_.reserve(text_.size());
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (quoted_) {
        in_string(c);
      } else if (is_token_sign(c)) {
        token();
      } else {
        quoted_ = c == '"';
        keep(1);
      }
    }
  }

  const std::string& mended() const { return mended_; }
  const JsonMends& mends() const { return mends_; }

  /// The place in the text of one in the mended text.
  std::size_t original(std::size_t place) const {
    const auto after = std::ranges::upper_bound(turns_, place, {}, &Turn::mended);
    if (after == turns_.begin()) return place;
    const Turn& turn = *(after - 1);
    return turn.original + (place - turn.mended);
  }

 private:
  /// From these places on the texts go on together.
  struct Turn {
    std::size_t mended = 0;
    std::size_t original = 0;
  };

  void keep(std::size_t length) {
    mended_ += text_.substr(at_, length);
    at_ += length;
  }

  void replace(std::size_t length, std::string_view by, std::uint64_t& count) {
    mended_ += by;
    at_ += length;
    ++count;
    turns_.push_back({mended_.size(), at_});
  }

  void token() {
    std::size_t end = at_;
    while (end < text_.size() && is_token_sign(text_[end])) ++end;
    if (!is_beyond_json(text_.substr(at_, end - at_))) return keep(end - at_);
    replace(end - at_, "null", mends_.numbers);
  }

  void in_string(char c) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\\') {
      escape();
    } else if (byte < 0x20 && c != '\n' && c != '\r') {
      const std::array<char, 6> sign = {
          '\\', 'u', '0', '0', kDigits[byte >> 4U], kDigits[byte & 15U]};
      replace(1, {sign.data(), sign.size()}, mends_.controls);
    } else if (const std::size_t length = utf8_character(text_, at_); length > 0) {
      quoted_ = c != '"';
      keep(length);
    } else {
      const std::size_t damage = utf8_damage(text_, at_);
      replace(damage, kReplacement, damage == 3 && byte == 0xed ? mends_.surrogates : mends_.bytes);
    }
  }

  void escape() {
    constexpr std::size_t kLength = 6;  // "\ud83d"
    const auto code = text_.substr(at_).starts_with("\\u") ? four_digits(text_, at_ + 2)
                                                           : std::optional<unsigned>();
    if (!code || *code < 0xd800 || *code > 0xdfff)
      return keep(std::min<std::size_t>(2, text_.size() - at_));
    const auto next = text_.substr(at_ + kLength).starts_with("\\u")
                          ? four_digits(text_, at_ + kLength + 2)
                          : std::optional<unsigned>();
    const bool pair = *code < 0xdc00 && next && *next >= 0xdc00 && *next <= 0xdfff;
    if (pair) return keep(2 * kLength);
    replace(kLength, "\\ufffd", mends_.surrogates);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool quoted_ = false;
  std::string mended_;
  JsonMends mends_;
  std::vector<Turn> turns_;
};

/// A few signs of the text, for a message.
std::string excerpt_at(std::string_view text, std::size_t at) {
  constexpr std::size_t kBytes = 24;
  std::uint64_t ignored = 0;
  std::string part = valid_utf8(text.substr(std::min(at, text.size()), kBytes), ignored);
  for (char& c : part) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return part;
}

/// Why `text` is no JSON. `stop`: the byte, from 1, where reading stopped; the one behind the end
/// where the text ends inside a value.
LenientJson unread(std::string_view text, std::size_t stop) {
  LenientJson result;
  result.json = Json(Json::value_t::discarded);
  result.cut = stop > text.size();
  if (trim(text).empty()) {
    result.cut = false;
    result.reason = "is empty";
  } else if (result.cut) {
    result.reason = cat("ends inside a value, at byte ", text.size(), ": it is cut off");
  } else {
    result.reason = cat("is not JSON from byte ", stop, " on: ", excerpt_at(text, stop - 1));
  }
  return result;
}

/// Where strict reading of `text` stops, from 1; 0 where it does not.
std::size_t parsed(std::string_view text, Json& json) {
  json = Json::parse(text, nullptr, false);
  if (!json.is_discarded()) return 0;
  try {
    json = Json::parse(text);
    return 0;
  } catch (const Json::parse_error& error) {
    return std::max<std::size_t>(error.byte, 1);
  } catch (const Json::exception&) {
    return 1;  // a number beyond a double, which the mender takes
  }
}

}  // namespace

JsonMends& JsonMends::operator+=(const JsonMends& other) {
  surrogates += other.surrogates;
  bytes += other.bytes;
  numbers += other.numbers;
  controls += other.controls;
  return *this;
}

LenientJson read_lenient_json(std::string_view text) {
  if (text.starts_with(kUtf8Mark)) text.remove_prefix(kUtf8Mark.size());
  LenientJson result;
  result.json = try_parse_json(text);
  if (!result.json.is_discarded()) return result;
  if (too_deep_at(text) > 0) {
    result.reason = cat("is nested deeper than ", kMaxJsonLevels, " levels");
    return result;
  }
  Mender mender(text);
  mender.run();
  const std::size_t stop = parsed(mender.mended(), result.json);
  if (stop > mender.mended().size()) return unread(text, text.size() + 1);
  if (stop > 0) return unread(text, mender.original(stop - 1) + 1);
  result.mends = mender.mends();
  return result;
}

namespace {

bool is_between(char c, std::string_view separators) {
  return trim({&c, 1}).empty() || separators.find(c) != std::string_view::npos;
}

/// The objects and lists in `text` with nothing but blanks and `separators` between them; the last
/// may be cut.
std::vector<std::string_view> values_between(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> values;
  std::size_t begin = 0;
  std::size_t levels = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted) {
      at += c == '\\' ? 1 : 0;
      quoted = c != '"';
    } else if (c == '[' || c == '{') {
      begin = levels++ == 0 ? at : begin;
    } else if (levels == 0) {
      if (!is_between(c, separators)) return {};
    } else if (c == '"') {
      quoted = true;
    } else if ((c == ']' || c == '}') && --levels == 0) {
      values.push_back(text.substr(begin, at + 1 - begin));
    }
  }
  if (levels > 0) values.push_back(text.substr(begin));
  return values;
}

}  // namespace

std::vector<std::string_view> json_values(std::string_view text) {
  return values_between(text, "");
}

std::vector<std::string_view> cut_list_values(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text[first] != '[') return {};
  return values_between(text.substr(first + 1), ",");
}

}  // namespace recombine
