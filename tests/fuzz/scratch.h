#pragma once
// Files for parsers that read files, in memory where the machine has a file system there.

#include <filesystem>
#include <string>
#include <string_view>

namespace recombine {

/// A folder of this process, removed when it ends.
const std::filesystem::path& scratch_folder();

/// A file of that name in it with these bytes, not synced; folders on its way are made.
std::filesystem::path scratch_file(const std::string& name, std::string_view bytes);

/// A name in it where nothing is.
std::filesystem::path scratch_place(const std::string& name);

}  // namespace recombine
