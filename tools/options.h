#pragma once
// Binds config structs (data/fields.h) to the command line and to INI files.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "data/fields.h"

namespace boost::program_options {
class options_description;
}

namespace recombine {

/// Where a value may come from, beside a file.
inline constexpr std::string_view kDefault = "default";
inline constexpr std::string_view kCommandLine = "command line";

/// The options of one call of a verb. Bound configs must outlive it.
class Options {
 public:
  /// Binds fields that the command line alone sets: --out, --data, --force.
  template <class Config>
  void add(Config& config) {
    add_fields("", config);
  }

  /// Binds fields that a file sets as `[section] key = value` and the command line as
  /// `--section.key value`. Several configs may share a section.
  template <class Config>
  void add_section(const std::string& section, Config& config) {
    add_fields(section, config);
  }

  /// The section whose keys need no prefix on the command line: `--steps` for `--train.steps`.
  void own_section(const std::string& section) { own_section_ = section; }

  /// The sections of which one call reads one: that whose name is the first positional word
  /// (`generate facts`), the first where that is another. Its keys need no prefix, and those of the
  /// others are errors that say to whom they belong.
  void family_sections(Names sections) { families_ = std::move(sections); }

  /// Reads `words` (what follows the verb): --config files first, later ones winning, then the
  /// command line. Returns the positional words. Throws InputError.
  std::vector<std::string> parse(const std::vector<std::string>& words);

  /// Reads one INI text, as --config does; `origin` is the file's name in messages.
  void read_ini(const std::string& text, const std::string& origin);

  /// A line for each older name that a person gave, in files or on the command line: what it is
  /// called now.
  const Names& notes() const { return notes_; }

  /// The names of the options that the command line sets, without their section.
  Names given() const;
  /// Where the value of a section's option comes from: kDefault, kCommandLine, or a file and line.
  std::string origin(std::string_view section, std::string_view name) const;

  /// An error's text about the option that it begins with ("--side 0: must be ..."), behind the
  /// file and line that set it, where that is a file.
  std::string located(const std::string& message) const;

  /// The value of --memory; empty: no cap.
  const std::string& memory() const { return memory_; }
  bool quiet() const { return quiet_; }
  bool help() const { return help_; }

  /// The complete INI that the options amount to, a comment for each key (what it is, origin):
  /// a valid --config. Command-line-only options are left out. Throws InputError for a value that
  /// no INI file can hold.
  std::string ini_text() const;

  /// The table of options for `<verb> --help`, with the values that hold now as defaults.
  std::string help_text() const;

  /// An option as pages about the program describe it.
  struct Described {
    std::string section;  ///< "" for the command line alone
    Field field;
    bool flag = false;  ///< the value may be left out
    bool list = false;  ///< several values
    bool own = false;   ///< needs no prefix on the command line

    /// As it is typed: "--steps", "--model.width".
    std::string typed() const;
  };
  /// All of them, in the order of the help.
  std::vector<Described> described() const;

 private:
  struct Bound {
    std::string section;  ///< "" for the command line alone
    std::string name;
    std::string help;
    FieldNotes notes;
    bool flag = false;  ///< bool: the value may be left out
    bool list = false;  ///< Names: takes several words on the command line where section is ""
    std::string origin{kDefault};
    std::function<std::string()> text;
    /// Under the name by which messages call it.
    std::function<void(std::string_view name, std::string_view text)> set;
    /// Throws InputError, under that name, where the description does not allow the value.
    std::function<void(std::string_view name)> check;

    std::string key() const { return section.empty() ? name : section + "." + name; }
    /// Whether `word`, without its section, is its name or was.
    bool is_called(std::string_view word) const { return word == name || notes.was_called(word); }
    /// The same for a key with its section.
    bool is_key(std::string_view word) const;
  };

  template <class Config>
  void add_fields(const std::string& section, Config& config) {
    Config::fields(config, [&](const char* name, auto& value, const char* help,
                               const FieldNotes& notes = {}) {
      using Value = std::remove_reference_t<decltype(value)>;
      Bound bound;
      bound.section = section;
      bound.name = name;
      bound.help = help;
      bound.notes = notes;
      bound.flag = std::is_same_v<Value, bool>;
      bound.list = std::is_same_v<Value, Names>;
      bound.text = [&value] { return field_text(value); };
      bound.set = [&value](std::string_view called, std::string_view text) {
        parse_field(called, text, value);
      };
      bound.check = [&value, notes](std::string_view called) { check_field(called, value, notes); };
      bound_.push_back(std::move(bound));
    });
  }

  /// Keeps the section of the family that `words` name and drops the others.
  void choose_family(const std::vector<std::string>& words);
  /// Whether the word names one of family_sections().
  bool is_family(const std::string& word) const;
  /// Whether the option needs no prefix.
  bool is_own(const Bound& bound) const;
  /// Whether the word after a flag is its value, right or wrong.
  bool is_value_of(const Bound& flag, const std::string& word) const;
  /// "unknown option --x" with what would be right.
  [[noreturn]] void refuse(const std::string& key, const std::string& word) const;
  void declare_all(boost::program_options::options_description& description) const;
  /// The option that a command-line name means; null where there is none.
  Bound* find(std::string_view name);
  /// The option that was perhaps meant, as it is typed without "--"; empty where none is like it.
  std::string nearest_option(const std::string& key) const;
  /// Remembers what is to be said of an option by the name that `place` has for it.
  void note(const Bound& bound, const std::string& place, std::string_view called);
  void assign_line(const std::string& name, const std::string& value);
  std::vector<std::string> join_values(const std::vector<std::string>& words);

  std::vector<Bound> bound_;
  std::vector<Bound> dropped_;  ///< of the families that this call does not read
  std::string own_section_;
  Names families_;
  Names notes_;
  std::string memory_;
  bool quiet_ = false;
  bool help_ = false;
};

}  // namespace recombine
