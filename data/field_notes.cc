#include "data/field_notes.h"

#include <algorithm>
#include <cmath>

#include "data/error.h"

namespace recombine {
namespace {

/// "a, b or c".
std::string alternatives(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

std::string shown(std::string_view word) { return word.empty() ? "''" : std::string(word); }

std::string with_meanings(const FieldNotes& notes) {
  std::string text;
  for (const AllowedValue& value : notes.values) {
    text += cat(text.empty() ? "" : " | ", shown(value.name));
    if (!value.meaning.empty()) text += cat(" (", value.meaning, ")");
  }
  return notes.or_else.empty() ? text : cat(text, " | ", notes.or_else);
}

}  // namespace

bool NumberRange::holds(double value) const {
  if (*this == NumberRange{}) return true;
  return std::isfinite(value) && (without_from ? value > from : value >= from) &&
         (without_to ? value < to : value <= to);
}

std::string NumberRange::text() const {
  if (*this == NumberRange{}) return {};
  // Counts go up to 100000, of which six digits show all.
  if (!bounded()) return cat(without_from ? "above " : "at least ", from);
  if (!without_from && !without_to) return cat(from, "..", to);
  return cat(without_from ? "above " : "from ", from, without_to ? " to below " : " to ", to);
}

std::string FieldNotes::readers_text() const {
  return alternatives({read_by.begin(), read_by.end()});
}

bool FieldNotes::was_called(std::string_view name) const {
  return std::ranges::find(was, name) != was.end();
}

std::vector<std::string> FieldNotes::other_names() const {
  std::vector<std::string> names(was.begin(), was.end());
  names.insert(names.end(), sought_as.begin(), sought_as.end());
  return names;
}

bool FieldNotes::allows(std::string_view word) const {
  if (values.empty() || !or_else.empty()) return true;
  return std::ranges::find(values, word, &AllowedValue::name) != values.end();
}

std::string FieldNotes::values_text() const {
  std::vector<std::string> words;
  for (const AllowedValue& value : values) words.push_back(shown(value.name));
  if (!or_else.empty()) words.emplace_back(or_else);
  return alternatives(words);
}

std::string full_help(std::string_view help, const FieldNotes& notes) {
  std::string text(help);
  if (!notes.listed.empty()) text += cat(" (list ", notes.listed, ")");
  if (!notes.read_by.empty()) text += cat(" (for ", notes.readers_text(), ")");
  if (!notes.values.empty()) text += cat(": ", with_meanings(notes));
  if (notes.range.bounded()) text += cat("; ", notes.range.text());
  return text;
}

}  // namespace recombine
