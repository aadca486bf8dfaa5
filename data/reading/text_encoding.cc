#include "data/reading/text_encoding.h"

#include <algorithm>
#include <array>

#include "data/text.h"

namespace recombine {
namespace {

constexpr std::uint32_t kHigh = 0xd800;  ///< first half of a pair
constexpr std::uint32_t kLow = 0xdc00;   ///< second half
constexpr std::uint32_t kEnd = 0xe000;

/// How a text lies in bytes.
struct Encoding {
  std::string_view name;
  std::string_view mark;
  std::size_t unit = 1;  ///< bytes
  bool big = false;      ///< the first byte of a unit is its highest
};

// The marks of UTF-32 come first: that of UTF-16LE begins one of them.
constexpr std::array kEncodings = {
    Encoding{"UTF-8", kUtf8Mark, 1, false},
    Encoding{"UTF-32LE", std::string_view("\xff\xfe\x00\x00", 4), 4, false},
    Encoding{"UTF-32BE", std::string_view("\x00\x00\xfe\xff", 4), 4, true},
    Encoding{"UTF-16LE", "\xff\xfe", 2, false},
    Encoding{"UTF-16BE", "\xfe\xff", 2, true},
};

const Encoding& encoding_named(std::string_view name) {
  return *std::ranges::find(kEncodings, name, &Encoding::name);
}

/// What the zeros of a beginning say: those of Latin letters in UTF-16 stand at every other place.
const Encoding& guessed(std::string_view bytes) {
  constexpr std::size_t kLooked = 4096;
  const std::size_t end = std::min(bytes.size(), kLooked) / 2 * 2;
  std::array<std::size_t, 2> zeros = {0, 0};
  for (std::size_t at = 0; at < end; ++at) zeros.at(at % 2) += bytes[at] == '\0' ? 1 : 0;
  const std::size_t units = end / 2;
  const auto tells = [&](std::size_t many, std::size_t few) {
    return 4 * many >= units && 8 * few <= many;
  };
  if (units > 1 && tells(zeros[1], zeros[0])) return encoding_named("UTF-16LE");
  if (units > 1 && tells(zeros[0], zeros[1])) return encoding_named("UTF-16BE");
  return encoding_named("UTF-8");
}

std::uint32_t unit_at(std::string_view bytes, std::size_t at, const Encoding& encoding) {
  std::uint32_t unit = 0;
  for (std::size_t i = 0; i < encoding.unit; ++i) {
    const std::size_t place = encoding.big ? i : encoding.unit - 1 - i;
    unit = unit << 8U | static_cast<unsigned char>(bytes[at + place]);
  }
  return unit;
}

DecodedText decoded(std::string_view bytes, const Encoding& encoding) {
  DecodedText result{"", encoding.name, 0};
  result.text.reserve(bytes.size() / encoding.unit);
  std::size_t at = 0;
  for (; at + encoding.unit <= bytes.size(); at += encoding.unit) {
    std::uint32_t code = unit_at(bytes, at, encoding);
    const bool half = code >= kHigh && code < kEnd;
    const std::size_t next = at + encoding.unit;
    if (half && encoding.unit == 2 && code < kLow && next + encoding.unit <= bytes.size()) {
      const std::uint32_t low = unit_at(bytes, next, encoding);
      if (low >= kLow && low < kEnd) {
        code = 0x10000U + ((code - kHigh) << 10U) + (low - kLow);
        at = next;
      }
    }
    const bool none = (code >= kHigh && code < kEnd) || code > 0x10ffffU;
    result.replaced += none ? 1 : 0;
    append_utf8(result.text, code);
  }
  if (at < bytes.size()) {
    result.text += kReplacement;
    ++result.replaced;
  }
  return result;
}

/// What a first byte of UTF-8 asks for: how many bytes, and in which range the second must lie.
struct Lead {
  std::size_t length = 0;
  unsigned char least = 0x80;
  unsigned char most = 0xbf;
};

// Table 3-7 of the Unicode standard: no overlong forms, no halves of pairs, nothing beyond
// U+10FFFF.
Lead lead_of(unsigned char first) {
  if (first < 0x80) return {1};
  if (first < 0xc2) return {0};
  if (first < 0xe0) return {2};
  if (first == 0xe0) return {3, 0xa0, 0xbf};
  if (first == 0xed) return {3, 0x80, 0x9f};
  if (first < 0xf0) return {3};
  if (first == 0xf0) return {4, 0x90, 0xbf};
  if (first < 0xf4) return {4};
  return first == 0xf4 ? Lead{4, 0x80, 0x8f} : Lead{0};
}

/// How many bytes at `at` begin a character; all of it where that is the lead's length.
std::size_t begun(std::string_view text, std::size_t at, const Lead& lead) {
  std::size_t taken = 1;
  for (; taken < lead.length && at + taken < text.size(); ++taken) {
    const auto byte = static_cast<unsigned char>(text[at + taken]);
    const unsigned char least = taken == 1 ? lead.least : 0x80;
    const unsigned char most = taken == 1 ? lead.most : 0xbf;
    if (byte < least || byte > most) break;
  }
  return taken;
}

}  // namespace

void append_utf8(std::string& text, std::uint32_t code) {
  const auto tail = [&](unsigned shift) {
    text += static_cast<char>(0x80U | ((code >> shift) & 0x3fU));
  };
  if ((code >= kHigh && code < kEnd) || code > 0x10ffffU) {
    text += kReplacement;
  } else if (code < 0x80U) {
    text += static_cast<char>(code);
  } else if (code < 0x800U) {
    text += static_cast<char>(0xc0U | code >> 6U);
    tail(0);
  } else if (code < 0x10000U) {
    text += static_cast<char>(0xe0U | code >> 12U);
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xf0U | code >> 18U);
    tail(12);
    tail(6);
    tail(0);
  }
}

std::size_t utf8_character(std::string_view text, std::size_t at) {
  const Lead lead = lead_of(static_cast<unsigned char>(text[at]));
  return lead.length > 0 && begun(text, at, lead) == lead.length ? lead.length : 0;
}

std::size_t utf8_damage(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t place) {
    return place < text.size() ? static_cast<unsigned char>(text[place]) : 0U;
  };
  const bool half = byte(at) == 0xed && byte(at + 1) >= 0xa0 && byte(at + 1) <= 0xbf &&
                    byte(at + 2) >= 0x80 && byte(at + 2) <= 0xbf;
  return half ? 3 : begun(text, at, lead_of(static_cast<unsigned char>(text[at])));
}

std::string_view mark_of_encoding(std::string_view encoding) {
  return encoding_named(encoding).mark;
}

std::string_view first_characters(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  // The later bytes of a character are 10xxxxxx.
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

std::string valid_utf8(std::string_view text, std::uint64_t& replaced) {
  std::string valid;
  valid.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t length = utf8_character(text, at); length > 0) {
      valid += text.substr(at, length);
      at += length;
    } else {
      valid += kReplacement;
      ++replaced;
      at += utf8_damage(text, at);
    }
  }
  return valid;
}

DecodedText decode_text(std::string bytes) {
  const std::string_view all = bytes;
  for (const Encoding& encoding : kEncodings) {
    if (!all.starts_with(encoding.mark)) continue;
    if (encoding.unit > 1) return decoded(all.substr(encoding.mark.size()), encoding);
    bytes.erase(0, encoding.mark.size());
    return {std::move(bytes), encoding.name, 0};
  }
  const Encoding& encoding = guessed(all);
  if (encoding.unit > 1) return decoded(all, encoding);
  return {std::move(bytes), encoding.name, 0};
}

void for_each_text_line(
    std::string_view text,
    const std::function<void(std::string_view line, std::uint64_t number)>& take) {
  const std::string_view mark = kEncodings.front().mark;
  for (std::uint64_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with(mark)) line.remove_prefix(mark.size());
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!trim(line).empty()) take(line, number);
  }
}

}  // namespace recombine
