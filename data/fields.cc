#include "data/fields.h"

#include <array>
#include <charconv>
#include <limits>

#include "data/text.h"

namespace recombine {
namespace {

template <class Number>
std::string number_text(Number value) {
  std::array<char, 64> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return std::string(buffer.data(), end);
}

template <class Number>
void parse_number_field(std::string_view name,
                        std::string_view text,
                        const char* kind,
                        Number& value) {
  const std::string_view word = trim(text);
  const auto number = parse_number<Number>(word);
  const bool digits =
      !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
  require(number.has_value() || !digits, "--", name, " ", text, ": must be at most ",
          number_text(std::numeric_limits<Number>::max()));
  require(number.has_value(), "--", name, " ", text, ": must be ", kind);
  value = *number;
}

template <class Number>
void check_number(std::string_view name, Number value, const NumberRange& range) {
  require(range.holds(static_cast<double>(value)), "--", name, " ", number_text(value),
          ": must be ", range.text());
}

void check_word(std::string_view name, std::string_view value, const FieldNotes& notes) {
  if (notes.allows(value)) return;
  Names known;
  for (const AllowedValue& allowed : notes.values) known.emplace_back(allowed.name);
  throw InputError(cat("--", name, " ", value, ": must be ", notes.values_text(), "; did you mean ",
                       nearest_name(value, known), "?"));
}

}  // namespace

std::string field_text(bool value) { return value ? "true" : "false"; }
std::string field_text(int value) { return number_text(value); }
std::string field_text(std::uint64_t value) { return number_text(value); }
std::string field_text(double value) { return number_text(value); }
std::string field_text(const std::string& value) { return value; }
std::string field_text(const Names& value) { return join_text(value, ","); }

void parse_field(std::string_view name, std::string_view text, bool& value) {
  const std::string_view word = trim(text);
  const bool yes = word == "true" || word == "on" || word == "yes" || word == "1";
  const bool no = word == "false" || word == "off" || word == "no" || word == "0";
  require(yes || no, "--", name, " ", text, ": must be on or off");
  value = yes;
}

void parse_field(std::string_view name, std::string_view text, int& value) {
  parse_number_field(name, text, "a whole number", value);
}

void parse_field(std::string_view name, std::string_view text, std::uint64_t& value) {
  parse_number_field(name, text, "a whole number from 0", value);
}

void parse_field(std::string_view name, std::string_view text, double& value) {
  parse_number_field(name, text, "a number", value);
}

void parse_field(std::string_view, std::string_view text, std::string& value) {
  value = std::string(trim(text));
}

void parse_field(std::string_view, std::string_view text, Names& value) {
  value = split_text(text, ',');
}

void check_field(std::string_view, bool, const FieldNotes&) {}

void check_field(std::string_view name, int value, const FieldNotes& notes) {
  check_number(name, value, notes.range);
}

void check_field(std::string_view name, std::uint64_t value, const FieldNotes& notes) {
  check_number(name, value, notes.range);
}

void check_field(std::string_view name, double value, const FieldNotes& notes) {
  check_number(name, value, notes.range);
}

void check_field(std::string_view name, const std::string& value, const FieldNotes& notes) {
  check_word(name, value, notes);
}

void check_field(std::string_view name, const Names& value, const FieldNotes& notes) {
  for (const std::string& word : value) check_word(name, word, notes);
}

}  // namespace recombine
