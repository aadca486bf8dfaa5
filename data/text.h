#pragma once
// Small text helpers that several readers share.

#include <charconv>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace recombine {

/// The pieces between separators, with white space trimmed; empty pieces are left out.
std::vector<std::string> split_text(std::string_view text, char separator);

/// The pieces with `separator` between them.
std::string join_text(std::span<const std::string> pieces, std::string_view separator);

std::string_view trim(std::string_view text);

/// The text with the letters A to Z as a to z; all else as it is.
std::string lower_case(std::string_view text);

/// Whether `a` stands before `b` where people list names: numbers in them count as numbers, so that
/// "e2" stands before "e10". Names that differ in leading zeros alone stand as their bytes do.
bool natural_less(std::string_view a, std::string_view b);

/// Whether a character may stand in a lower-case word: a to z, 0 to 9, '_'.
constexpr bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/// The known name with the smallest edit distance to `name`; empty when nothing is known.
std::string nearest_name(std::string_view name, std::span<const std::string> known);

/// The same; empty too where none resembles `name`: where more than half of the letters differ.
std::string similar_name(std::string_view name, std::span<const std::string> known);

/// What tells folders apart: the last parts of their paths, as many as it takes. "mini" and "tiny",
/// or "a/run" and "b/run".
std::vector<std::string> short_names(std::span<const std::string> folders);

/// The whole text as a number; nothing where it is not one, or does not fit.
template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace recombine
