#pragma once
// A picture of coloured cells: what an episode shows, what a model answers.

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace recombine {

using Colour = std::uint8_t;  ///< 0 is background; objects have 1..9

inline constexpr int kColours = 10;  ///< background and nine colours
inline constexpr int kMaxSide = 30;  ///< as in ARC

/// A square picture of side x side cells, row-major from the top left. A value.
class Grid {
 public:
  Grid() = default;
  /// All background. Requires 1 <= side <= kMaxSide.
  explicit Grid(int side) : side_(side), cells_(static_cast<std::size_t>(side * side)) {}

  /// Reads the text form that streaming writes: one digit a cell, '/' between rows; cells left out
  /// at the end of a row and rows left out at the end are background, so "12/3" is a whole grid.
  /// Throws InputError for other characters and for text that does not fit.
  static Grid parse(std::string_view text, int side);

  int side() const { return side_; }
  /// Requires 0 <= row, col < side().
  Colour operator()(int row, int col) const { return cells_[offset(row, col)]; }
  Colour& operator()(int row, int col) { return cells_[offset(row, col)]; }

  /// side * side cells, row-major.
  const std::vector<Colour>& cells() const { return cells_; }
  std::vector<Colour>& cells() { return cells_; }

  friend bool operator==(const Grid&, const Grid&) = default;
  friend auto operator<=>(const Grid&, const Grid&) = default;

 private:
  std::size_t offset(int row, int col) const {
    const int place = row * side_ + col;
    return static_cast<std::size_t>(place);
  }

  int side_ = 0;
  std::vector<Colour> cells_;
};

/// The text form of Grid::parse, every cell written: "120/300/000".
std::string to_text(const Grid& grid);
std::ostream& operator<<(std::ostream& out, const Grid& grid);

}  // namespace recombine
