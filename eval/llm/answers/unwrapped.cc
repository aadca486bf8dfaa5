#include "eval/llm/answers/unwrapped.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "data/reading/text_encoding.h"
#include "data/text.h"
#include "eval/llm/answers/numbered_table.h"

namespace recombine {
namespace {

/// A sign that stands for another, or for none.
struct Substitute {
  std::string_view sign;
  std::string_view plain;
};

constexpr std::array kSubstitutes = {
    Substitute{"\u200b", ""},  // no width: blanks, joiners, marks
    Substitute{"\u200c", ""},
    Substitute{"\u200d", ""},
    Substitute{"\u200e", ""},
    Substitute{"\u200f", ""},
    Substitute{"\u2060", ""},
    Substitute{"\u2063", ""},
    Substitute{"\ufeff", ""},
    Substitute{"\u00ad", ""},
    Substitute{"\ufe0e", ""},  // how a sign looks
    Substitute{"\ufe0f", ""},
    Substitute{"\u20e3", " "},   // the frame of a keycap
    Substitute{"\u24ea", "0 "},  // digits in circles
    Substitute{"\u2460", "1 "},
    Substitute{"\u2461", "2 "},
    Substitute{"\u2462", "3 "},
    Substitute{"\u2463", "4 "},
    Substitute{"\u2464", "5 "},
    Substitute{"\u2465", "6 "},
    Substitute{"\u2466", "7 "},
    Substitute{"\u2467", "8 "},
    Substitute{"\u2468", "9 "},
    Substitute{"\u2502", "|"},  // lines of a frame
    Substitute{"\u2503", "|"},
    Substitute{"\u2551", "|"},
    Substitute{"\u2500", "-"},
    Substitute{"\u2501", "-"},
    Substitute{"\u2550", "-"},
    Substitute{"<br>", "\n"},
    Substitute{"<br/>", "\n"},
    Substitute{"<br />", "\n"},
    Substitute{"&nbsp;", " "},
    Substitute{"\\r\\n", "\n"},
    Substitute{"\\\\n", "\n"},
    Substitute{"\\n", "\n"},
    Substitute{"\\r", "\n"},
    Substitute{"\\t", " "},
    Substitute{R"(\\")", "\""},
    Substitute{R"(\")", "\""},
    Substitute{"\\'", "'"},
    Substitute{"\\/", "/"},
    Substitute{"**", ""},
    Substitute{"__", ""},
    Substitute{"\\\\ ", "\n"},  // rows of a matrix of LaTeX in one line
    Substitute{"\\begin{bmatrix}", "\n"},
    Substitute{"\\end{bmatrix}", "\n"},
    Substitute{"\\begin{pmatrix}", "\n"},
    Substitute{"\\end{pmatrix}", "\n"},
    Substitute{"\\begin{matrix}", "\n"},
    Substitute{"\\end{matrix}", "\n"},
    Substitute{"\u2028", "\n"},
    Substitute{"\u2029", "\n"},
};

/// The rest of a frame: corners and crossings.
bool is_frame(std::string_view sign) { return sign >= "\u250c" && sign <= "\u256c"; }

/// A sign that is written as its number, and how long that is in the text.
struct CodedSign {
  std::string sign;
  std::size_t length = 0;
};

/// The sign whose number is `digits`, all of them.
std::optional<std::string> sign_of(std::string_view digits, int base) {
  std::uint32_t code = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, code, base);
  if (error != std::errc{} || stop != end) return std::nullopt;
  std::string sign;
  append_utf8(sign, code);
  return sign;
}

/// "\u0030" of JSON, "&#48;" and "&#x30;" of HTML; nothing where there is none.
std::optional<CodedSign> code_at(std::string_view text) {
  constexpr std::size_t kEscape = 6;
  constexpr std::size_t kLongestEntity = 10;
  if (text.starts_with("\\u") && text.size() >= kEscape) {
    const auto sign = sign_of(text.substr(2, kEscape - 2), 16);
    return sign ? std::optional(CodedSign{*sign, kEscape}) : std::nullopt;
  }
  const std::size_t end = text.substr(0, kLongestEntity).find(';');
  if (!text.starts_with("&#") || end == std::string_view::npos) return std::nullopt;
  const bool hexadecimal = text[2] == 'x' || text[2] == 'X';
  const std::size_t begin = hexadecimal ? 3 : 2;
  const auto sign = sign_of(text.substr(begin, end - begin), hexadecimal ? 16 : 10);
  return sign ? std::optional(CodedSign{*sign, end + 1}) : std::nullopt;
}

bool begins_substitute(char c) {
  return c == '\\' || c == '<' || c == '&' || c == '*' || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Escapes and signs as what they stand for. Codes are resolved by a walk of their own, as what
/// they make may stand for something again.
std::string plain_text(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (!begins_substitute(text[at])) {
      plain += text[at++];
      continue;
    }
    const auto found = std::ranges::find_if(
        kSubstitutes, [&](const Substitute& other) { return rest.starts_with(other.sign); });
    const std::size_t length = std::max<std::size_t>(utf8_character(text, at), 1);
    if (found != kSubstitutes.end()) {
      plain += found->plain;
      at += found->sign.size();
    } else {
      plain += is_frame(rest.substr(0, length)) ? "-" : rest.substr(0, length);
      at += length;
    }
  }
  return plain;
}

std::string without_codes(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const bool begins = text[at] == '\\' || text[at] == '&';
    const auto code = begins ? code_at(text.substr(at)) : std::nullopt;
    plain += code ? code->sign : std::string(1, text[at]);
    at += code ? code->length : 1;
  }
  return plain;
}

/// Whether more stands in the line behind a quotation mark and what ends its string.
bool goes_on_behind(std::string_view text, std::size_t behind) {
  const std::size_t mark = text.find_first_not_of(" \t\r", behind);
  if (mark == std::string_view::npos ||
      std::string_view(",:}]").find(text[mark]) == std::string_view::npos)
    return false;
  const std::size_t more = text.find_first_not_of(" \t\r,:}]", mark);
  return more != std::string_view::npos && text[more] != '\n';
}

/// Quotation marks and braces as blanks; as line ends where a string is followed by another, so
/// that its last row stands alone.
std::string without_quotes(std::string_view text) {
  std::string plain(text);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      plain[at] = goes_on_behind(text, at + 1) ? '\n' : ' ';
    } else if (c == '`' || c == '{' || c == '}') {
      plain[at] = ' ';
    }
  }
  return plain;
}

}  // namespace

std::string unwrapped(std::string_view text, int side) {
  const bool coded =
      text.find("\\u") != std::string_view::npos || text.find("&#") != std::string_view::npos;
  const std::string plain = plain_text(coded ? without_codes(text) : std::string(text));
  return without_numbers(without_quotes(plain), side);
}

}  // namespace recombine
