#pragma once
// Tables whose rows and columns carry numbers.

#include <string>
#include <string_view>

namespace recombine {

/// `text` with tables of `side` rows without the numbers (or letters) of their rows, and without
/// the line of column numbers above them; all else as it is. Numbers count from 0 or 1, letters
/// from a; rows that do not count on are no such table.
std::string without_numbers(std::string_view text, int side);

}  // namespace recombine
