#pragma once
// What a person's folder holds, without what their tools left in it.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace recombine {

/// Whether a name is one that tools leave behind: hidden (".DS_Store", "._e0.json",
/// ".ipynb_checkpoints"), of an archive of macOS, or of Windows' explorer.
bool is_left_behind(std::string_view name);

/// The entries of a folder but for those left behind, in the natural order of their names. Throws
/// DataError where the folder cannot be read.
std::vector<std::filesystem::path> visible_entries(const std::filesystem::path& folder);

/// A name without ".gz" or ".zst" at its end: "e0.json" for "e0.json.gz".
std::string_view uncompressed_name(std::string_view name);

/// The file itself; where it is not there, the one that is beside its place with ".gz" or ".zst" at
/// its end; where there is none, the file's own path again.
std::filesystem::path compressed_or_plain(const std::filesystem::path& file);

}  // namespace recombine
