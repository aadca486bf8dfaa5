#pragma once
// Every section that an INI file may have, so that one file can hold a whole study and each verb
// still checks the names in all of it.

#include <string>
#include <string_view>
#include <vector>

#include "data/fields.h"

namespace recombine {

/// "grids", "split", "model", "train", ...
std::vector<std::string> section_names();

/// The fields of a section, as a default config has them; empty where there is no such section.
std::vector<Field> section_fields(const std::string& section);

/// The keys of a section; empty where there is no such section.
std::vector<std::string> section_keys(const std::string& section);

/// The key that was perhaps meant, by any of its names; empty where none is like it.
std::string similar_key(const std::string& section, std::string_view key);

/// Whether a file may have the key: one of section_keys(), an older name, or what is read no more.
bool is_section_key(const std::string& section, std::string_view key);

/// Throws InputError where `text` is no value for the key. Requires a known section and key.
void check_section_value(const std::string& section, const std::string& key, std::string_view text);

}  // namespace recombine
