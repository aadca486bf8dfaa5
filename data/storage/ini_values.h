#pragma once
// What a config.ini says, without its comments.

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace recombine {

using NamedValues = std::vector<std::pair<std::string, std::string>>;

/// The text with lines that begin with ';', comments in many INI files, as comments by '#': as many
/// bytes and lines as before.
std::string with_plain_comments(std::string text);

/// "section.key" and value of each line of an INI file in one of these sections, in its order.
NamedValues ini_values(std::string_view text, std::span<const std::string_view> sections);

}  // namespace recombine
