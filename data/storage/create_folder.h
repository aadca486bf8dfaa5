#pragma once
// A folder for what is about to be written.

#include <filesystem>

namespace recombine {

/// Makes `path` and its parents where they are not there. Throws DataError where it cannot.
void create_folder(const std::filesystem::path& path);

}  // namespace recombine
