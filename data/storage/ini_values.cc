#include "data/storage/ini_values.h"

#include <algorithm>
#include <sstream>

namespace recombine {
namespace {

std::string_view without_spaces(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r";
  const std::size_t first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

}  // namespace

std::string with_plain_comments(std::string text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t first = text.find_first_not_of(" \t", begin);
    if (first != std::string::npos && text[first] == ';') text[first] = '#';
    begin = std::min(text.find('\n', begin), text.size() - 1) + 1;
  }
  return text;
}

NamedValues ini_values(std::string_view text, std::span<const std::string_view> sections) {
  NamedValues values;
  std::string section;
  std::istringstream lines{with_plain_comments(std::string(text))};
  for (std::string whole; std::getline(lines, whole);) {
    const std::string_view line =
        without_spaces(std::string_view(whole).substr(0, whole.find('#')));
    if (line.starts_with('[') && line.ends_with(']'))
      section = std::string(line.substr(1, line.size() - 2));
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || !std::ranges::count(sections, section)) continue;
    values.emplace_back(section + "." + std::string(without_spaces(line.substr(0, equals))),
                        std::string(without_spaces(line.substr(equals + 1))));
  }
  return values;
}

}  // namespace recombine
