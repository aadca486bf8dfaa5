#pragma once
// Digits, brackets and blanks of other scripts as those of ASCII.

#include <string>
#include <string_view>

namespace recombine {

/// `text` (UTF-8) with wide, Arabic, Persian, Devanagari and mathematical digits as 0..9, wide
/// brackets, commas and colons, typographic quotes and blanks of other widths as their plain forms,
/// and without what colours a terminal.
std::string plain_signs(std::string_view text);

}  // namespace recombine
