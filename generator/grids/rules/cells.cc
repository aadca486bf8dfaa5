#include "generator/grids/rules/cells.h"

#include <algorithm>
#include <cstdlib>

#include "data/error.h"

namespace recombine {
namespace {

constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrst";

}  // namespace

Box Cells::box() const {
  Box box{kMaxSide * 2, kMaxSide * 2, -kMaxSide * 2, -kMaxSide * 2};
  for (const Cell cell : list()) {
    box.top = std::min<int>(box.top, cell.row);
    box.left = std::min<int>(box.left, cell.col);
    box.bottom = std::max<int>(box.bottom, cell.row);
    box.right = std::max<int>(box.right, cell.col);
  }
  return box;
}

Cells Cells::moved(int rows, int cols) const {
  Cells result;
  result.size_ = size_;
  for (std::size_t i = 0; i < size_; ++i) {
    result.cells_[i] = {static_cast<std::int8_t>(cells_[i].row + rows),
                        static_cast<std::int8_t>(cells_[i].col + cols)};
  }
  return result;
}

Cells Cells::shape() const {
  if (empty()) return {};
  const Box bounds = box();
  return moved(-bounds.top, -bounds.left);
}

bool operator==(const Cells& a, const Cells& b) { return std::ranges::equal(a.list(), b.list()); }

std::string shape_text(const Cells& cells) {
  const Cells shape = cells.shape();
  std::string text;
  for (const Cell cell : shape.list()) {
    text += kDigits[static_cast<std::size_t>(cell.row)];
    text += kDigits[static_cast<std::size_t>(cell.col)];
  }
  return text;
}

Cells parse_shape(std::string_view text) {
  require(text.size() % 2 == 0 && text.size() / 2 <= Cells::kCapacity, "shape '", text,
          "': must have two digits a cell");
  Cells cells;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const auto row = kDigits.find(text[i]);
    const auto col = kDigits.find(text[i + 1]);
    require(row != std::string_view::npos && col != std::string_view::npos, "shape '", text,
            "': must have two digits a cell");
    cells.insert({static_cast<std::int8_t>(row), static_cast<std::int8_t>(col)});
  }
  return cells;
}

bool on_grid(const Cells& cells, int side) {
  return std::ranges::all_of(cells.list(), [side](Cell cell) {
    return cell.row >= 0 && cell.row < side && cell.col >= 0 && cell.col < side;
  });
}

bool touching(const Cells& a, const Cells& b) {
  return std::ranges::any_of(a.list(), [&b](Cell one) {
    return std::ranges::any_of(b.list(), [one](Cell other) {
      return std::abs(one.row - other.row) <= 1 && std::abs(one.col - other.col) <= 1;
    });
  });
}

void paint(Grid& grid, const Object& object) {
  for (const Cell cell : object.cells.list()) grid(cell.row, cell.col) = object.colour;
}

}  // namespace recombine
