#pragma once
// Text in lines of a page.

#include <cstddef>
#include <string>
#include <string_view>

namespace recombine {

/// The words of `text` in lines of at most `columns` characters, the later ones behind `indent`
/// spaces; the first begins at column `begin`. A longer word has a line of its own. No line break
/// at the end.
std::string wrap_words(std::string_view text,
                       std::size_t columns,
                       std::size_t indent = 0,
                       std::size_t begin = 0);

}  // namespace recombine
