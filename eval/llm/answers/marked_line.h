#pragma once
// The line of an answer that says what is asked, where answers are words and not grids.

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "data/text.h"

namespace recombine {

/// What follows the last mark of an answer ("output", "answer", ...) in a line in lower case;
/// nothing where it has none.
std::optional<std::string_view> behind_mark(std::string_view line);

/// What a line says, and whether it is named as the answer.
template <class Said>
struct MarkedLine {
  Said said;
  bool marked = false;
};

/// The last line that names an answer and says one (or the next line does), else the last that says
/// one. `read` gets a line and what is behind its mark, and returns what has any().
template <class Read>
auto last_answer(std::string_view text, const Read& read) {
  MarkedLine<decltype(read(text, std::nullopt))> found;
  bool open = false;  // the last mark had nothing behind it yet
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::optional<std::string_view> rest = behind_mark(line);
    auto said = read(line, rest);
    if (!said.any() && !rest && trim(line).empty()) continue;
    const bool marked = rest.has_value() || open;
    open = rest.has_value() && !said.any();
    if (said.any() && (marked || !found.marked)) found = {std::move(said), marked};
  }
  return found;
}

}  // namespace recombine
