#pragma once
// What the description of an option (data/fields.h) says beside its name and its sentence.

#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace recombine {

/// A word that an option may have.
struct AllowedValue {
  std::string_view name;
  std::string_view meaning = {};  ///< "" where the name says it

  // NOLINTNEXTLINE(google-explicit-constructor): a word alone is a value.
  constexpr AllowedValue(const char* word, const char* means = "") : name(word), meaning(means) {}

  friend bool operator==(const AllowedValue&, const AllowedValue&) = default;
};

/// The names and meanings of a list's entries, one of which an option names.
template <class Entries>
std::vector<AllowedValue> named_values(const Entries& entries) {
  std::vector<AllowedValue> values;
  for (const auto& entry : entries) {
    AllowedValue& value = values.emplace_back("");
    value.name = entry.name;
    value.meaning = entry.meaning;
  }
  return values;
}

/// The numbers that an option may have.
struct NumberRange {
  double from = -std::numeric_limits<double>::infinity();
  double to = std::numeric_limits<double>::infinity();
  bool without_from = false;  ///< `from` itself is none of them
  bool without_to = false;

  /// Never for what is infinite or no number, where one end of the range is given.
  bool holds(double value) const;
  bool bounded() const { return to < std::numeric_limits<double>::infinity(); }
  /// "1..8192", "at least 1", "above 0", "from 0 to below 1"; "" for all numbers.
  std::string text() const;

  friend bool operator==(const NumberRange&, const NumberRange&) = default;
};

constexpr NumberRange between(double from, double to) { return {from, to}; }
constexpr NumberRange at_least(double from) { return {.from = from}; }
constexpr NumberRange above(double from) { return {.from = from, .without_from = true}; }
/// from <= x < to
constexpr NumberRange from_to_below(double from, double to) { return {from, to, false, true}; }
/// from < x < to
constexpr NumberRange inside(double from, double to) { return {from, to, true, true}; }

/// To be written with designated initializers: `{.read_by = {"executor"}, .was = {"frame"}}`.
struct FieldNotes {
  /// Who alone reads the option: models, families, tasks or parts of a verb. Empty: whoever reads
  /// the section.
  std::vector<std::string_view> read_by = {};
  std::vector<AllowedValue> values = {};  ///< of a word, or of each word of a list; empty: any
  std::string_view or_else = {};          ///< what else a value may be: "a step"; "": nothing
  std::string_view listed = {};           ///< the kind of `recombine list` that names the values
  NumberRange range = {};
  std::vector<std::string_view> was = {};  ///< older names, which are still read
  /// What other programs and verbs call it: never read, but known to the error's "did you mean".
  std::vector<std::string_view> sought_as = {};
  /// Why the option does nothing any more, for one that is still accepted and shown nowhere; "" for
  /// all others.
  std::string_view retired = {};

  /// "executor", "reference or shared"; "" for whoever reads the section.
  std::string readers_text() const;
  bool was_called(std::string_view name) const;
  /// `was` and `sought_as`: by what else a person may look for the option.
  std::vector<std::string> other_names() const;
  bool allows(std::string_view word) const;
  /// "linear, constant or chained"; "last, best or a step"; "" where any word will do.
  std::string values_text() const;

  friend bool operator==(const FieldNotes&, const FieldNotes&) = default;
};

/// An option's sentence with all that its notes say: who reads it, its values and their meanings,
/// its range where that has two ends.
std::string full_help(std::string_view help, const FieldNotes& notes);

}  // namespace recombine
