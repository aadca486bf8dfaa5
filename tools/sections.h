#pragma once
// Every section that an INI file may have, so that one file can hold a whole study and each verb
// still checks the names in all of it.

#include <string>
#include <string_view>
#include <vector>

namespace recombine {

/// "grids", "split", "model", "train", ...
std::vector<std::string> section_names();

/// The keys of a section; empty where there is no such section.
std::vector<std::string> section_keys(const std::string& section);

/// Throws InputError where `text` is no value for the key. Requires a known section and key.
void check_section_value(const std::string& section, const std::string& key, std::string_view text);

}  // namespace recombine
