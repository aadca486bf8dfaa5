#pragma once
// The files of this folder that pages are made of: templates (.html), style (.css), scripts (.js).
// They are constants of the program: cmake/embed.cmake makes a source of them.

#include <string_view>

namespace recombine {

/// The text of the file with this name. A mistake of the program where there is none.
std::string_view text_of_asset(std::string_view name);

}  // namespace recombine
