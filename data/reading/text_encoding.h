#pragma once
// Texts of other machines as UTF-8: byte order marks, UTF-16 and UTF-32 of a Windows shell, line
// ends of any kind, bytes that are no text.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace recombine {

/// The byte order mark of UTF-8.
inline constexpr std::string_view kUtf8Mark = "\xef\xbb\xbf";

/// U+FFFD, which stands for what could not be read.
inline constexpr std::string_view kReplacement = "\xef\xbf\xbd";

/// A text as UTF-8, without a byte order mark.
struct DecodedText {
  std::string text;
  std::string_view encoding;   ///< that it had: "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", ...
  std::uint64_t replaced = 0;  ///< halves of pairs of UTF-16, and a last unit that was cut: U+FFFD

  friend bool operator==(const DecodedText&, const DecodedText&) = default;
};

/// The encoding is told by the mark in front; without one, UTF-16 by zero bytes at every other
/// place of the beginning. All other bytes are taken for UTF-8 and stay as they are, valid or not.
DecodedText decode_text(std::string bytes);

/// The bytes of the character of UTF-8 at `at`; 0 where there is none.
std::size_t utf8_character(std::string_view text, std::size_t at);

/// The bytes at `at` that one U+FFFD stands for, where there is no character: the beginning of one
/// that breaks off, half of a pair (three bytes), or a byte.
std::size_t utf8_damage(std::string_view text, std::size_t at);

/// The mark in front of a text of this encoding (DecodedText's names), UTF-8's among them.
std::string_view mark_of_encoding(std::string_view encoding);

/// At most `bytes` of the beginning of `text`, never half a character of UTF-8.
std::string_view first_characters(std::string_view text, std::size_t bytes);

/// `text` with U+FFFD for what is no UTF-8; `replaced` is raised by their number.
std::string valid_utf8(std::string_view text, std::uint64_t& replaced);

/// A code point as UTF-8; halves of pairs, and what is beyond U+10FFFF, as U+FFFD.
void append_utf8(std::string& text, std::uint32_t code);

/// Hands every line that is not blank, and its number (from 1, blank ones counted), to `take`:
/// without its end ("\n" or "\r\n") and without a byte order mark in front, as files have it that
/// were put together of several.
void for_each_text_line(
    std::string_view text,
    const std::function<void(std::string_view line, std::uint64_t number)>& take);

}  // namespace recombine
