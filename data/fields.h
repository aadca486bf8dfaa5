#pragma once
// Options described once. A config struct names each field in one static function,
//
//   template <class Self, class Visit>
//   static void fields(Self& self, Visit&& visit) {
//     visit("side", self.side, "rows and columns of a grid, in cells", {.range = between(5, 30)});
//     visit("state", self.state, "what a rule hands to the next one",
//           {.read_by = {"executor"}, .values = {{"board", "a grid"}, {"latent", "tokens"}}});
//   }
//
// and from it come the command line, the INI file, the help, the refusals, the manifest and the
// run's config. Fields are bool, int, std::uint64_t, double, std::string or a list of names.

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "data/error.h"
#include "data/field_notes.h"

namespace recombine {

using Names = std::vector<std::string>;

/// A field's value as text: `true`, `17`, `0.001`, `x,y`. parse_field() reads it back exactly.
std::string field_text(bool value);
std::string field_text(int value);
std::string field_text(std::uint64_t value);
std::string field_text(double value);
std::string field_text(const std::string& value);
std::string field_text(const Names& value);

/// Reads `text` into `value`; throws InputError, naming `name`, where it is not such a value.
void parse_field(std::string_view name, std::string_view text, bool& value);
void parse_field(std::string_view name, std::string_view text, int& value);
void parse_field(std::string_view name, std::string_view text, std::uint64_t& value);
void parse_field(std::string_view name, std::string_view text, double& value);
void parse_field(std::string_view name, std::string_view text, std::string& value);
void parse_field(std::string_view name, std::string_view text, Names& value);

/// Throws InputError, calling the option `name`, where the description does not allow the value;
/// the message says what it allows, and the nearest word where words are.
void check_field(std::string_view name, bool value, const FieldNotes& notes);
void check_field(std::string_view name, int value, const FieldNotes& notes);
void check_field(std::string_view name, std::uint64_t value, const FieldNotes& notes);
void check_field(std::string_view name, double value, const FieldNotes& notes);
void check_field(std::string_view name, const std::string& value, const FieldNotes& notes);
void check_field(std::string_view name, const Names& value, const FieldNotes& notes);

struct Field {
  std::string name;
  std::string value;
  std::string help;
  FieldNotes notes = {};

  friend bool operator==(const Field&, const Field&) = default;
};

/// Every field of `config` with its present value, in the order of its description.
template <class Config>
std::vector<Field> describe(const Config& config) {
  std::vector<Field> all;
  Config::fields(config, [&](const char* name, const auto& value, const char* help,
                             const FieldNotes& notes = {}) {
    all.push_back({name, field_text(value), help, notes});
  });
  return all;
}

/// Sets the field that is, or was, called `name`; false where there is none. Throws InputError for
/// what is no value of its kind; whether the description allows it is asked by check_fields().
template <class Config>
bool assign(Config& config, std::string_view name, std::string_view text) {
  bool found = false;
  Config::fields(config,
                 [&](const char* field, auto& value, const char*, const FieldNotes& notes = {}) {
                   if (name != field && !notes.was_called(name)) return;
                   parse_field(name, text, value);
                   found = true;
                 });
  return found;
}

/// Throws InputError for the first field with a value that its description does not allow, called
/// `--<prefix><name>`.
template <class Config>
void check_fields(const Config& config, std::string_view prefix = "") {
  Config::fields(
      config, [&](const char* name, const auto& value, const char*, const FieldNotes& notes = {}) {
        check_field(cat(prefix, name), value, notes);
      });
}

/// The fields in which `config` differs from a default one: what a recipe records.
template <class Config>
std::vector<Field> changed_fields(const Config& config) {
  std::vector<Field> all = describe(config);
  const std::vector<Field> defaults = describe(Config{});
  std::vector<Field> changed;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].value != defaults[i].value) changed.push_back(all[i]);
  }
  return changed;
}

}  // namespace recombine
