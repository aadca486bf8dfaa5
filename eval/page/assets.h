#pragma once
// The files of this folder that pages are made of: templates (.html), style (.css), scripts (.js).
// They are constants of the program.

#include <span>

#include "data/storage/embedded_file.h"

namespace recombine {

/// All of them. (made by cmake/embed.cmake)
std::span<const EmbeddedFile> page_files();

}  // namespace recombine
