#include "eval/llm/answers/numbered_table.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "data/text.h"

namespace recombine {
namespace {

/// What a line of a table holds. `label` is what stands before the cells: a number, or the place
/// of a letter; -1 where there is none.
struct TableLine {
  std::string_view text;  ///< its end included
  int label = -1;
  std::vector<int> numbers;  ///< without the label
  bool blank = false;        ///< nothing, or a rule such as |---|---|
  bool words = false;        ///< letters beyond a label: no row, but perhaps a head
};

bool is_decimal(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// The place of a letter in the alphabet, where the word is one; a word such as "row" is none.
std::optional<int> letter_place(std::string_view word) {
  if (word.size() != 1) return std::nullopt;
  return (word.front() | 0x20) - 'a';
}

/// Takes the words and numbers of a line, from left to right.
class TableLineReader {
 public:
  TableLineReader(std::string_view line, int side) : side_(side) { made_.text = line; }

  TableLine read() {
    const std::string_view line = made_.text;
    made_.blank = line.find_first_not_of(" \t\r\n|-:+=") == std::string_view::npos;
    for (std::size_t at = 0; at < line.size();) {
      std::size_t end = at + 1;
      if (is_decimal(line[at])) {
        while (end < line.size() && is_decimal(line[end])) ++end;
        number(line.substr(at, end - at));
      } else if (is_letter(line[at])) {
        while (end < line.size() && is_letter(line[end])) ++end;
        word(lower_case(line.substr(at, end - at)));
      } else if (line[at] == '.' && end < line.size() && is_decimal(line[end])) {
        made_.words = true;  // "2.5" is no cell
      }
      at = end;
    }
    return std::move(made_);
  }

 private:
  void number(std::string_view digits) {
    constexpr std::size_t kLongest = 3;
    const auto side = static_cast<std::size_t>(side_);
    // Cells without anything between them.
    const bool glued = digits.size() == side && side > 2 && made_.numbers.size() <= 1;
    if (glued) {
      for (const char digit : digits) made_.numbers.push_back(digit - '0');
    } else if (digits.size() <= kLongest) {
      made_.numbers.push_back(parse_number<int>(digits).value_or(-1));
    } else {
      made_.words = true;
    }
  }

  void word(const std::string& text) {
    const auto place = letter_place(text);
    const bool first = made_.numbers.empty() && made_.label < 0;
    const bool row = text == "row" || text == "r" || text == "line";
    if (first && place && !row) {
      made_.label = *place;
    } else if (!first || !row) {
      made_.words = true;
    }
  }

  int side_;
  TableLine made_;
};

/// Whether the numbers are `first`, `first` + 1, ...
bool counts_on(const std::vector<int>& numbers, int first) {
  return std::ranges::all_of(numbers,
                             [&, next = first](int number) mutable { return number == next++; });
}

class TableScan {
 public:
  TableScan(std::string_view text, int side) : side_(static_cast<std::size_t>(side)) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
      lines_.push_back(TableLineReader(text.substr(0, end), side).read());
      text.remove_prefix(end);
    }
  }

  std::string run() {
    std::string kept;
    for (std::size_t at = 0; at < lines_.size();) {
      const std::size_t end = table_at(at, kept);
      if (end > at) {
        at = end;
      } else {
        kept += lines_[at++].text;
      }
    }
    return kept;
  }

 private:
  /// Column numbers, or letters, of a table's head.
  bool is_head(const TableLine& line) const {
    return line.numbers.size() == side_ && line.text.find('[') == std::string_view::npos &&
           (counts_on(line.numbers, 0) || counts_on(line.numbers, 1));
  }

  /// The line behind the table that begins at `at`, whose cells are added to `kept`; `at` where
  /// none begins.
  std::size_t table_at(std::size_t at, std::string& kept) const {
    if (lines_[at].blank) return at;
    const bool head = is_head(lines_[at]);
    std::vector<const TableLine*> rows;
    std::size_t end = at + (head ? 1 : 0);
    for (; end < lines_.size() && rows.size() < side_; ++end) {
      if (lines_[end].blank) continue;
      if (lines_[end].words) break;
      rows.push_back(&lines_[end]);
    }
    if (rows.size() < side_) return at;
    const bool more = end < lines_.size() && !lines_[end].blank && !lines_[end].words &&
                      lines_[end].numbers.size() >= side_;
    const auto numbered = cells_of(rows);
    if (!numbered || more) return at;
    const bool plain = rows.front()->label < 0 && rows.front()->numbers.size() == side_;
    if (plain && !head) return at;  // no numbers: nothing to do
    for (const std::vector<int>& cells : *numbered) {
      for (const int cell : cells) kept += std::to_string(cell) + " ";
      kept += "\n";
    }
    return end;
  }

  /// The cells of rows that all have the same form; nothing where they have not.
  std::optional<std::vector<std::vector<int>>> cells_of(
      const std::vector<const TableLine*>& rows) const {
    std::vector<std::vector<int>> all;
    std::vector<int> labels;
    for (const TableLine* row : rows) {
      std::vector<int> cells = row->numbers;
      int label = row->label;
      if (label < 0 && cells.size() == side_ + 1) {
        label = cells.front();
        cells.erase(cells.begin());
      }
      if (cells.size() != side_) return std::nullopt;
      labels.push_back(label);
      all.push_back(std::move(cells));
    }
    const bool none = std::ranges::all_of(labels, [](int label) { return label < 0; });
    if (!none && !counts_on(labels, 0) && !counts_on(labels, 1)) return std::nullopt;
    return all;
  }

  std::size_t side_;
  std::vector<TableLine> lines_;
};

}  // namespace

std::string without_numbers(std::string_view text, int side) { return TableScan(text, side).run(); }

}  // namespace recombine
