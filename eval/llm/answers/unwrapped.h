#pragma once
// Grids in wrappings: escaped in strings, between signs that nobody sees, in tables with numbers.

#include <string>
#include <string_view>

namespace recombine {

/// `text` with the escapes of JSON and Python ("\n", "\t", "\"", "\u0030") and line ends of HTML
/// resolved, quotes and braces as blanks, digits of keycaps and circles as 0 to 9, signs of no
/// width and of emphasis left out, and tables of `side` rows without their numbers. For texts in
/// which nothing plain was found: it may spoil what is.
std::string unwrapped(std::string_view text, int side);

}  // namespace recombine
