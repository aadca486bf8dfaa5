#pragma once
// Sets of cells and the objects made of them: the geometry in which every rule is stated.

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "data/grid.h"

namespace recombine {

/// Row and column; may lie outside a grid while a rule is being worked out.
struct Cell {
  std::int8_t row = 0;
  std::int8_t col = 0;

  friend constexpr bool operator==(const Cell&, const Cell&) = default;
  friend constexpr auto operator<=>(const Cell&, const Cell&) = default;
};

struct Box {
  int top = 0, left = 0, bottom = -1, right = -1;  ///< inclusive

  int height() const { return bottom - top + 1; }
  int width() const { return right - left + 1; }
};

/// A set of at most kCapacity cells, kept sorted by (row, column). A value.
class Cells {
 public:
  static constexpr std::size_t kCapacity = 64;
  /// The most cells of an object that a rule can still double.
  static constexpr int kMostToDouble = static_cast<int>(kCapacity) / 2;

  /// Adds a cell; nothing changes where it is in the set already. Cheapest in sorted order.
  void insert(Cell cell) {
    std::size_t place = size_;
    while (place > 0 && key(cells_[place - 1]) > key(cell)) --place;
    if (place > 0 && cells_[place - 1] == cell) return;
    assert(size_ < kCapacity);
    for (std::size_t i = size_; i > place; --i) cells_[i] = cells_[i - 1];
    cells_[place] = cell;
    ++size_;
  }
  bool contains(Cell cell) const { return std::find(begin(), end(), cell) != end(); }
  bool empty() const { return size_ == 0; }
  int size() const { return static_cast<int>(size_); }
  std::span<const Cell> list() const& { return {cells_.data(), size_}; }
  std::span<const Cell> list() && = delete;  // would outlive its cells in a range-for
  const Cell* begin() const { return cells_.data(); }
  const Cell* end() const { return cells_.data() + size_; }

  Box box() const;
  Cells moved(int rows, int cols) const;
  /// Moved to the top left corner: equal for equal shapes.
  Cells shape() const;

  friend bool operator==(const Cells& a, const Cells& b);

 private:
  /// Orders as (row, column) does.
  static constexpr int key(Cell cell) { return cell.row * 256 + cell.col; }

  std::array<Cell, kCapacity> cells_;
  std::size_t size_ = 0;
};

/// Cells of one colour.
struct Object {
  Cells cells;
  Colour colour = 0;

  friend bool operator==(const Object&, const Object&) = default;
};

/// The canonical string of a shape: row and column of every cell from the top left corner of the
/// bounding box, a character each ('0'..'9', then 'a'..'t'), sorted.
std::string shape_text(const Cells& cells);
/// Reads such a string as it stands: "1001" gives two cells. Throws InputError.
Cells parse_shape(std::string_view text);

/// Whether all cells lie on a grid of `side` rows and columns.
bool on_grid(const Cells& cells, int side);
/// Whether a cell of one lies on or beside (8 neighbours) a cell of the other.
bool touching(const Cells& a, const Cells& b);
/// Paints the object over the grid. Requires on_grid().
void paint(Grid& grid, const Object& object);

}  // namespace recombine
