#pragma once
// A folder for what is about to be written, and whether it may be.

#include <filesystem>

namespace recombine {

/// Makes `path` and its parents where they are not there. Throws DataError where it cannot.
void create_folder(const std::filesystem::path& path);

/// Whether a folder holds something, and nothing in it says that a verb of ours made it.
bool is_foreign(const std::filesystem::path& folder);

}  // namespace recombine
