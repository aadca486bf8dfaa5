#pragma once
// The suites that the program has in itself, so that an installed one needs no file of the tree.

#include <span>

#include "data/storage/embedded_file.h"

namespace recombine {

/// The files of configs/suite; `folder` is the suite's name. (made by cmake/embed.cmake)
std::span<const EmbeddedFile> embedded_suite_files();

}  // namespace recombine
