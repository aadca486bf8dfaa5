#include "generator/grids/search/placement.h"

#include <algorithm>
#include <bit>

namespace recombine {
namespace {

/// Offsets that keep `cells` on the grid, cut with `box`.
Box keep_on_grid(const Box& box, const Cells& cells, int side) {
  const Box bounds = cells.box();
  return {std::max(box.top, -bounds.top), std::max(box.left, -bounds.left),
          std::min(box.bottom, side - 1 - bounds.bottom),
          std::min(box.right, side - 1 - bounds.right)};
}

/// The cells on and beside an indicator, and the rows that they take.
std::pair<PlacementSet, Box> halo_of(const Cells& indicator, int side) {
  PlacementSet halo;
  for (const Cell cell : indicator.list()) {
    halo.add_rectangle({std::max(cell.row - 1, 0), std::max(cell.col - 1, 0),
                        std::min(cell.row + 1, side - 1), std::min(cell.col + 1, side - 1)});
  }
  const Box box = indicator.box();
  return {halo, {std::max(box.top - 1, 0), 0, std::min(box.bottom + 1, side - 1), side - 1}};
}

}  // namespace

int PlacementSet::size() const {
  int count = 0;
  for (const std::uint32_t row : rows_) count += std::popcount(row);
  return count;
}

PlacementSet& PlacementSet::operator&=(const PlacementSet& other) {
  for (std::size_t row = 0; row < rows_.size(); ++row) rows_[row] &= other.rows_[row];
  return *this;
}

void PlacementSet::add_rectangle(const Box& box) {
  if (box.height() <= 0 || box.width() <= 0) return;
  const std::uint32_t columns = ((1U << static_cast<unsigned>(box.width())) - 1U)
                                << static_cast<unsigned>(box.left);
  for (int row = box.top; row <= box.bottom; ++row) rows_[static_cast<std::size_t>(row)] |= columns;
}

void PlacementSet::remove_hits(Cell cell, const PlacementSet& blocked, const Box& rows_of_blocked) {
  for (int row = rows_of_blocked.top; row <= rows_of_blocked.bottom; ++row) {
    const int at = row - cell.row;
    if (at < 0 || at >= kMaxSide) continue;
    const std::uint32_t hit = blocked.rows_[static_cast<std::size_t>(row)];
    rows_[static_cast<std::size_t>(at)] &=
        ~(cell.col >= 0 ? hit >> static_cast<unsigned>(cell.col)
                        : hit << static_cast<unsigned>(-cell.col));
  }
}

PlacementSet accepted_placements(const DraftGrammar& grammar, Roles roles, int side) {
  const Object start{grammar.role_shape, grammar.role_colour};
  Box offsets = keep_on_grid({0, 0, side - 1, side - 1}, start.cells, side);
  std::optional<Object> object = start;
  const Steps steps = steps_in_force(grammar, roles);
  for (const Step* step : steps.all()) {
    object = step->apply(*object);
    if (!object) return {};
    offsets = keep_on_grid(offsets, object->cells, side);
  }
  PlacementSet accepted;
  accepted.add_rectangle(offsets);
  for_each_indicator(grammar, roles, [&](const DraftIndicator& indicator) {
    const auto [halo, rows] = halo_of(indicator.place, side);
    for (const Cell cell : start.cells.list()) accepted.remove_hits(cell, halo, rows);
    for (const Cell cell : object->cells.list()) {
      if (!start.cells.contains(cell)) accepted.remove_hits(cell, halo, rows);
    }
  });
  return accepted;
}

}  // namespace recombine
