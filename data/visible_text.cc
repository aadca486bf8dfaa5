#include "data/visible_text.h"

#include <array>
#include <cstdio>

namespace recombine {
namespace {

/// A sign of several bytes that a terminal obeys: C1 controls, marks and overrides of direction,
/// line and paragraph separators. 0 for all others.
unsigned obeyed_sign(std::string_view text) {
  const auto byte = [&](std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
  };
  if (byte(0) == 0xc2 && byte(1) >= 0x80 && byte(1) <= 0x9f) return byte(1);
  if (byte(0) != 0xe2 || (byte(1) != 0x80 && byte(1) != 0x81) || byte(2) < 0x80) return 0;
  const unsigned code = 0x2000U | (byte(1) & 1U) << 6U | (byte(2) & 0x3fU);
  const bool turns = code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
                     (code >= 0x2066 && code <= 0x2069);
  return turns ? code : 0;
}

std::string shown_code(const char* format, unsigned code) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), format, code);
  return text.data();
}

/// A byte below a space, or DEL.
std::string shown_control(unsigned char byte, LineEnds ends) {
  if (byte == '\n') return ends == LineEnds::kKept ? "\n" : "\\n";
  if (byte == '\t') return "\\t";
  if (byte == '\r') return "\\r";
  return shown_code("\\x%02x", byte);
}

}  // namespace

std::string visible_text(std::string_view text, LineEnds ends) {
  std::string visible;
  visible.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x20 || byte == 0x7f) {
      visible += shown_control(byte, ends);
    } else if (const unsigned code = obeyed_sign(text.substr(at, 3)); code > 0) {
      visible += shown_code(code < 0x100 ? "\\x%02x" : "\\u%04x", code);
      at += code < 0x100 ? 1 : 2;
    } else {
      visible += text[at];
    }
  }
  return visible;
}

}  // namespace recombine
