// Grids that are written with brackets.

#include <algorithm>

#include "eval/llm/answers/blocks.h"

namespace recombine {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

/// Sets and tuples written as lists: the same places in the text.
std::string as_lists(std::string_view text) {
  std::string lists(text);
  for (char& c : lists) c = c == '(' || c == '{' ? '[' : c == ')' || c == '}' ? ']' : c;
  return lists;
}

/// The texts in quotes, where `text` holds nothing but them and commas: a row each.
std::optional<std::vector<CellRow>> quoted_rows(std::string_view text, std::size_t offset) {
  std::vector<CellRow> rows;
  for (std::size_t at = text.find_first_not_of(" \t\r\n,"); at != std::string_view::npos;
       at = text.find_first_not_of(" \t\r\n,", at)) {
    const char quote = text[at];
    const std::size_t close = text.find(quote, at + 1);
    if ((quote != '"' && quote != '\'') || close == std::string_view::npos) return std::nullopt;
    auto cells = read_cells(text.substr(at + 1, close - at - 1));
    if (!cells || cells->size() < 2) return std::nullopt;
    rows.push_back({offset + at, offset + close + 1, std::move(*cells)});
    at = close + 1;
  }
  return rows;
}

/// The rows of a matrix as MATLAB writes it, "1 2; 3 4", a semicolon between two of them; nothing
/// for what has no semicolon, or anything but numbers.
std::optional<std::vector<CellRow>> matrix_rows(std::string_view text, std::size_t offset) {
  std::vector<CellRow> rows;
  if (text.find(';') == std::string_view::npos) return std::nullopt;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(';', at), text.size());
    const std::string_view row = text.substr(at, end - at);
    const bool blank = row.find_first_not_of(kBlank) == std::string_view::npos;
    if (!blank) {
      auto cells = read_cells(row);
      if (!cells || cells->size() < 2) return std::nullopt;
      rows.push_back({offset + at, offset + end, std::move(*cells)});
    }
    at = end + 1;
  }
  return rows;
}

/// Whether what stands between two rows keeps them together: blanks, commas, a comment, a label
/// such as "Row 2:".
bool joins(std::string_view gap, bool in_list) {
  bool comment = false;
  int line_ends = 0;
  std::string words;
  for (const char c : gap) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (c == '\n') {
      comment = false;
      if (++line_ends > 1 && !in_list) return false;
    } else if (comment) {
      continue;
    } else if (c == '#') {
      comment = true;
    } else if (letter) {
      words += static_cast<char>(c | 0x20);
    } else if (c == '[' || c == ']' || c == '=') {
      return false;
    }
  }
  return words.empty() || words == "row" || words == "r" || words == "line";
}

/// The innermost lists of a text, one after the other, grouped into blocks.
class ListScan {
 public:
  ListScan(std::string_view text, int side) : text_(text), side_(side) {}

  std::vector<Block> run() {
    std::size_t open = std::string_view::npos;
    for (std::size_t at = text_.find_first_of("[]"); at != std::string_view::npos;
         at = text_.find_first_of("[]", at + 1)) {
      if (text_[at] == '[') {
        open = at;
      } else if (open != std::string_view::npos) {
        take(open, at + 1);
        open = std::string_view::npos;
      }
    }
    close();
    return std::move(blocks_);
  }

 private:
  bool begins_list(std::size_t row) const {
    const std::size_t before = text_.substr(0, row).find_last_not_of(kBlank);
    return before != std::string_view::npos && text_[before] == '[';
  }
  bool ends_list(std::size_t row_end) const {
    const std::size_t after = text_.find_first_not_of(" \t\r\n,", row_end);
    return after != std::string_view::npos && text_[after] == ']';
  }

  void take(std::size_t begin, std::size_t end) {
    const std::string_view inside = text_.substr(begin + 1, end - begin - 2);
    auto rows = quoted_rows(inside, begin + 1);
    if (!rows || rows->empty()) rows = matrix_rows(inside, begin + 1);
    if (rows && !rows->empty()) {
      close();
      rows_ = std::move(*rows);
      add(BlockForm::kList);
      return;
    }
    auto cells = read_cells(inside);
    if (!cells) return close();
    const bool together =
        !rows_.empty() && joins(text_.substr(rows_.back().end, begin - rows_.back().end), in_list_);
    if (!together) {
      close();
      in_list_ = begins_list(begin);
    }
    rows_.push_back({begin, end, std::move(*cells)});
  }

  void close() {
    if (rows_.empty()) return;
    add(in_list_ && ends_list(rows_.back().end) ? BlockForm::kList : BlockForm::kRows);
  }

  void add(BlockForm form) {
    if (auto block = block_of(rows_, form, side_)) blocks_.push_back(std::move(*block));
    rows_.clear();
  }

  std::string_view text_;
  int side_;
  bool in_list_ = false;
  std::vector<CellRow> rows_;
  std::vector<Block> blocks_;
};

}  // namespace

std::vector<Block> list_blocks(std::string_view text, int side) {
  return ListScan(as_lists(text), side).run();
}

}  // namespace recombine
