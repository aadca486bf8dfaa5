// Grids that are written as rows of digits.

#include <algorithm>

#include "eval/llm/answers/blocks.h"

namespace recombine {
namespace {

constexpr std::string_view kFrame = " \t\r|>`*,&\\";

std::string_view unframed(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(kFrame);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(kFrame) - begin + 1);
}

/// Without a label such as "Row 3:" or "output:".
std::string_view unlabelled(std::string_view line) {
  const std::size_t colon = line.rfind(':');
  return colon == std::string_view::npos ? line : unframed(line.substr(colon + 1));
}

/// Nothing to read, and no end of a grid: the line under a table's head.
bool is_rule(std::string_view line) {
  return line.find('-') != std::string_view::npos &&
         line.find_first_not_of(" \t\r|-:+=") == std::string_view::npos;
}

/// Dots between blanks stand for the background.
std::string without_dots(std::string_view line) {
  std::string text(line);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = at == 0 || text[at - 1] == ' ';
    const bool ends = at + 1 == text.size() || text[at + 1] == ' ';
    if (text[at] == '.' && begins && ends) text[at] = '0';
  }
  return text;
}

class DigitScan {
 public:
  DigitScan(std::string_view text, int side) : text_(text), side_(side) {}

  std::vector<Block> run() {
    for (std::size_t at = 0; at <= text_.size();) {
      const std::size_t end = std::min(text_.find_first_of("\n;/", at), text_.size());
      take(at, end);
      at = end + 1;
    }
    close();
    return std::move(blocks_);
  }

 private:
  void take(std::size_t begin, std::size_t end) {
    const std::string_view line = text_.substr(begin, end - begin);
    const std::string_view content = unframed(line);
    const bool blank = line.find_first_not_of(" \t\r") == std::string_view::npos;
    if (is_rule(line) || (blank && goes_on())) return;
    auto cells = read_cells(without_dots(unlabelled(content)));
    if (!cells || cells->size() < 2) return close();
    const auto place = static_cast<std::size_t>(content.data() - text_.data());
    rows_.push_back({place, end, std::move(*cells)});
    blank_ = false;
  }

  /// Whether a blank line leaves the grid open: the first after a row does, while rows are missing.
  bool goes_on() {
    const bool more = !blank_ && !rows_.empty() && rows_.size() < static_cast<std::size_t>(side_);
    blank_ = true;
    return more;
  }

  void close() {
    if (!rows_.empty()) {
      if (auto block = block_of(rows_, BlockForm::kDigits, side_))
        blocks_.push_back(std::move(*block));
    }
    rows_.clear();
    blank_ = false;
  }

  std::string_view text_;
  int side_;
  bool blank_ = false;
  std::vector<CellRow> rows_;
  std::vector<Block> blocks_;
};

}  // namespace

std::vector<Block> digit_blocks(std::string_view text, int side) {
  return DigitScan(text, side).run();
}

}  // namespace recombine
