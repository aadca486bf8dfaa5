#include "data/formats/hf/hf_names.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "data/error.h"
#include "data/set_names.h"
#include "data/text.h"

namespace recombine {
namespace {

constexpr std::size_t kLongestName = 100;  // it is a part of file names in the library's cache

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool in_split_word(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; }

/// Bytes of a character beyond the first, in UTF-8.
bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// Every sign that cannot stand in a name as '_', and so every dot that ends no word or begins
/// none.
std::string nearest_split_name(std::string_view set) {
  std::string name;
  for (const char c : set) {
    if (name.size() == kLongestName) break;
    if (!continues_character(c)) name += in_split_word(c) || c == '.' ? c : '_';
  }
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool between = i > 0 && i + 1 < name.size() && name[i - 1] != '.';
    if (name[i] == '.' && !between) name[i] = '_';
  }
  if (lower_case(name) == "all") name += '_';
  return name;
}

}  // namespace

std::vector<std::string> hub_split_names(std::span<const std::string> sets) {
  std::vector<std::string> names;
  std::unordered_set<std::string> taken;
  for (const std::string& set : sets) {
    names.push_back(set.empty() ? std::string(kTrainSet) : nearest_split_name(set));
    if (names.back() == set) taken.insert(set);
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == sets[i]) continue;
    const std::string first = names[i];
    for (int number = 2; !taken.insert(names[i]).second; ++number)
      names[i] = cat(first, '_', number);
  }
  return names;
}

std::string yaml_name(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kOtherValues = {
      "true", "false", "null", "yes", "no", "on", "off", "y", "n"};
  const bool text = !name.empty() && (is_letter(name.front()) || name.front() == '_') &&
                    std::ranges::find(kOtherValues, lower_case(name)) == kOtherValues.end();
  return text ? std::string(name) : cat('"', name, '"');
}

}  // namespace recombine
