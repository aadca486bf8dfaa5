#include "eval/llm/answers/blocks.h"

#include <algorithm>

#include "data/text.h"

namespace recombine {
namespace {

constexpr std::size_t kMostCells = kMaxSide * kMaxSide;  ///< of a row that can be one
constexpr std::string_view kSeparators = " \t\r\n,|&";

/// 0..9, or -1 for another number; nothing for what is none. "3.0" is 3.
std::optional<int> read_cell(std::string_view word) {
  const bool quoted = word.size() >= 2 && (word.front() == '"' || word.front() == '\'') &&
                      word.back() == word.front();
  if (quoted) word = word.substr(1, word.size() - 2);
  const auto number = parse_number<double>(word);
  if (!number) return std::nullopt;
  for (int colour = 0; colour < kColours; ++colour) {
    if (*number == colour) return colour;
  }
  return -1;
}

bool all_digits(std::string_view word) {
  return std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

/// All cells in one list, where `rows` is that, as rows.
std::vector<CellRow> folded(const std::vector<CellRow>& rows, std::size_t side) {
  if (rows.size() != 1 || side < 2 || rows.front().cells.size() != side * side) return rows;
  const CellRow& all = rows.front();
  std::vector<CellRow> made;
  for (auto cell = all.cells.begin(); cell != all.cells.end();
       cell += static_cast<std::ptrdiff_t>(side))
    made.push_back({all.begin, all.end, {cell, cell + static_cast<std::ptrdiff_t>(side)}});
  return made;
}

}  // namespace

std::optional<std::vector<int>> read_cells(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t begin = text.find_first_not_of(kSeparators);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(text.find_first_of(kSeparators, begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    if (words.size() > kMostCells) return std::nullopt;
    text.remove_prefix(end);
  }
  std::vector<int> cells;
  if (words.size() == 1 && words.front().size() > 1 && words.front().size() <= kMostCells &&
      all_digits(words.front())) {
    for (const char digit : words.front()) cells.push_back(digit - '0');
    return cells;
  }
  for (const std::string_view word : words) {
    const auto cell = read_cell(word);
    if (!cell) return std::nullopt;
    cells.push_back(*cell);
  }
  if (cells.empty()) return std::nullopt;
  return cells;
}

std::optional<Block> block_of(const std::vector<CellRow>& rows, BlockForm form, int side) {
  const auto count = static_cast<std::size_t>(side);
  const std::vector<CellRow> all = folded(rows, count);
  std::size_t longest = 0;
  bool even = true;
  bool colours = true;
  for (const CellRow& row : all) {
    longest = std::max(longest, row.cells.size());
    even = even && row.cells.size() == all.front().cells.size();
    colours = colours && std::ranges::find(row.cells, -1) == row.cells.end();
  }
  if (3 * all.size() < 2 * count || 3 * longest < 2 * count) return std::nullopt;
  Block block{all.front().begin, all.back().end, form, std::nullopt, ""};
  if (!even) {
    block.flaw = "ragged rows";
  } else if (all.size() != count || longest != count) {
    block.flaw = "wrong size";
  } else if (!colours) {
    block.flaw = "cell not 0..9";
  } else {
    block.grid.emplace(side);
    for (int row = 0; row < side; ++row) {
      for (int col = 0; col < side; ++col) {
        const auto& cells = all[static_cast<std::size_t>(row)].cells;
        (*block.grid)(row, col) = static_cast<Colour>(cells[static_cast<std::size_t>(col)]);
      }
    }
  }
  return block;
}

std::vector<Block> find_blocks(std::string_view text, int side) {
  std::vector<Block> blocks = list_blocks(text, side);
  const std::vector<Block> digits = digit_blocks(text, side);
  blocks.insert(blocks.end(), digits.begin(), digits.end());
  std::ranges::sort(blocks, {}, &Block::begin);
  return blocks;
}

}  // namespace recombine
