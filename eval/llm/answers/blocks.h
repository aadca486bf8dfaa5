#pragma once
// What looks like a grid in a text.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/grid.h"

namespace recombine {

/// How a grid is written.
enum class BlockForm : std::uint8_t {
  kList,    ///< a list of lists, closed
  kRows,    ///< lists that no closed list holds
  kDigits,  ///< rows of digits
};

/// Rows that stand together. Without a grid, `flaw` says why: "wrong size", "ragged rows", "cell
/// not 0..9".
struct Block {
  std::size_t begin = 0;  ///< places in the text
  std::size_t end = 0;
  BlockForm form = BlockForm::kList;
  std::optional<Grid> grid;
  std::string flaw;
};

/// A row of cells; -1 stands for what is no colour.
struct CellRow {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::vector<int> cells;
};

/// The numbers of a text that holds nothing else, between blanks, commas, bars and the like; digits
/// without anything between them, where a text has no other, are a cell each. Nothing for other
/// texts.
std::optional<std::vector<int>> read_cells(std::string_view text);

/// The block that `rows` make; nothing where they are far from `side` rows of `side` cells (under
/// two thirds): small lists are parts of explanations.
std::optional<Block> block_of(const std::vector<CellRow>& rows, BlockForm form, int side);

/// Lists of lists, lists one after the other, and matrices as MATLAB writes them, in their order.
/// Linear in the text.
std::vector<Block> list_blocks(std::string_view text, int side);
/// Rows of digits, in their order. Linear in the text.
std::vector<Block> digit_blocks(std::string_view text, int side);

/// All of them, in their order.
std::vector<Block> find_blocks(std::string_view text, int side);

}  // namespace recombine
