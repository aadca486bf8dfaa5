#include "data/grid.h"

#include <ostream>

#include "data/error.h"

namespace recombine {

Grid Grid::parse(std::string_view text, int side) {
  Grid grid(side);
  int row = 0;
  int col = 0;
  for (const char c : text) {
    if (c == '/') {
      ++row;
      col = 0;
      continue;
    }
    require(c >= '0' && c <= '9', "grid '", text, "': '", c, "' is not a digit or '/'");
    require(row < side && col < side, "grid '", text, "': does not fit a side of ", side);
    grid(row, col++) = static_cast<Colour>(c - '0');
  }
  return grid;
}

std::string to_text(const Grid& grid) {
  std::string text;
  for (int row = 0; row < grid.side(); ++row) {
    if (row > 0) text += '/';
    for (int col = 0; col < grid.side(); ++col) text += static_cast<char>('0' + grid(row, col));
  }
  return text;
}

std::ostream& operator<<(std::ostream& out, const Grid& grid) { return out << to_text(grid); }

}  // namespace recombine
