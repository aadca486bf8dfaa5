#pragma once
// Letters of a font that the machine has, by FreeType.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace recombine {

/// A line of text as shares of ink, 0..255, row-major. `left` and `top` are from where it begins on
/// the line on which its letters stand, to the first pixel.
struct FontText {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;
  int advance = 0;  ///< pixels from its beginning to where a next letter would stand
  std::vector<std::uint8_t> shares;
};

/// `text` (UTF-8; what is none, and what the font lacks, as its sign for it) at so many pixels an
/// em. Nothing where the machine has no font that is known: DejaVu, Liberation, Noto, or the file
/// that RECOMBINE_FONT names. Thread-safe.
std::optional<FontText> font_text(std::string_view text, double pixels, bool bold);

/// "DejaVuSans.ttf": the font; "none".
std::string font_name();

}  // namespace recombine
