#pragma once
// All placements of a shape at once: which of them a section accepts, as bits.

#include <array>
#include <cstdint>

#include "generator/grids/search/draft.h"

namespace recombine {

/// A set of offsets (row, column) of a shape on a grid: a word a row, a bit a column.
class PlacementSet {
 public:
  bool contains(std::uint32_t row, std::uint32_t col) const {
    return ((rows_[row] >> col) & 1U) != 0;
  }
  int size() const;

  /// Keeps what the other has too.
  PlacementSet& operator&=(const PlacementSet& other);
  /// The whole rectangle, inclusive; nothing where it is empty.
  void add_rectangle(const Box& box);
  /// Takes away every offset that would put `cell` of the shape on a cell of `blocked`.
  void remove_hits(Cell cell, const PlacementSet& blocked, const Box& rows_of_blocked);

 private:
  std::array<std::uint32_t, kMaxSide> rows_{};
};

/// The offsets at which the role shape of `grammar` is accepted by the section of `roles` on a
/// grid of `side`: every intermediate object lies on the grid and neither the first nor the last
/// touches an indicator. Uses that transformations commute with moves.
PlacementSet accepted_placements(const DraftGrammar& grammar, Roles roles, int side);

}  // namespace recombine
