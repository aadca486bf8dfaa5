#include "eval/llm/answers/signs.h"

#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "data/reading/text_encoding.h"

namespace recombine {
namespace {

/// A sign of several bytes; its length is 1 where the bytes are no UTF-8.
struct Sign {
  std::uint32_t code = 0;
  std::size_t length = 1;
};

Sign sign_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const std::size_t length = utf8_character(text, at);
  if (length < 2) return {first, 1};
  std::uint32_t code = first & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i)
    code = code << 6U | (static_cast<unsigned char>(text[at + i]) & 0x3fU);
  return {code, length};
}

constexpr std::array<std::uint32_t, 4> kZeros = {0x0660, 0x06f0, 0x0966, 0xff10};
constexpr std::array<std::pair<std::uint32_t, char>, 16> kSigns = {{
    {0xff3b, '['},
    {0xff3d, ']'},
    {0x3010, '['},
    {0x3011, ']'},
    {0xff0c, ','},
    {0x3001, ','},
    {0x060c, ','},
    {0xff1a, ':'},
    {0xff1b, ';'},
    {0x00a0, ' '},
    {0x3000, ' '},
    {0x202f, ' '},
    {0x2009, ' '},
    {0x201c, '"'},
    {0x201d, '"'},
    {0xff5c, '|'},
}};

std::optional<char> plain(std::uint32_t code) {
  for (const std::uint32_t zero : kZeros) {
    if (code >= zero && code < zero + 10) return static_cast<char>('0' + (code - zero));
  }
  if (code >= 0x1d7ce && code <= 0x1d7ff) return static_cast<char>('0' + (code - 0x1d7ce) % 10);
  for (const auto& [other, sign] : kSigns) {
    if (code == other) return sign;
  }
  return std::nullopt;
}

/// The length of what colours a terminal at `at` ("\x1b[1;31m"); 0 where there is none.
std::size_t colouring_at(std::string_view text, std::size_t at) {
  if (!text.substr(at).starts_with("\x1b[")) return 0;
  const std::size_t end = text.find_first_not_of("0123456789;?", at + 2);
  return end == std::string_view::npos ? 0 : end + 1 - at;
}

}  // namespace

std::string plain_signs(std::string_view text) {
  std::string kept;
  kept.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t length = colouring_at(text, at); length > 0) {
      at += length;
      continue;
    }
    const Sign sign = sign_at(text, at);
    const auto other = sign.length > 1 ? plain(sign.code) : std::nullopt;
    if (other) {
      kept += *other;
    } else {
      kept += text.substr(at, sign.length);
    }
    at += sign.length;
  }
  return kept;
}

}  // namespace recombine
