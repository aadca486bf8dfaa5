#pragma once
// Texts of strangers on a terminal.

#include <cstdint>
#include <string>
#include <string_view>

namespace recombine {

/// What becomes of line ends in visible_text().
enum class LineEnds : std::uint8_t { kShown, kKept };

/// `text` for a terminal: control characters, and signs that turn the direction of what follows, as
/// "\x1b" or "\u202e"; a terminal would obey them.
std::string visible_text(std::string_view text, LineEnds ends = LineEnds::kShown);

}  // namespace recombine
