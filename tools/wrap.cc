#include "tools/wrap.h"

#include <sstream>

namespace recombine {

std::string wrap_words(std::string_view text,
                       std::size_t columns,
                       std::size_t indent,
                       std::size_t begin) {
  std::istringstream words{std::string(text)};
  std::string lines;
  std::size_t used = begin;
  for (std::string word; words >> word;) {
    if (!lines.empty() && used + 1 + word.size() > columns) {
      lines += "\n" + std::string(indent, ' ');
      used = indent;
    } else if (!lines.empty()) {
      lines += ' ';
      ++used;
    }
    lines += word;
    used += word.size();
  }
  return lines;
}

}  // namespace recombine
