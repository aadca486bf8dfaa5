#include "tools/options.h"

#include <algorithm>
#include <functional>
#include <map>
#include <sstream>

#include <boost/program_options.hpp>

#include "data/storage/ini_values.h"
#include "data/storage/text_file.h"
#include "data/text.h"
#include "tools/empty_words.h"
#include "tools/sections.h"

namespace recombine {
namespace po = boost::program_options;
namespace {

/// "file:line" of the first line that sets `key` in `section`; the file alone where none is found.
std::string place_of(const std::string& text,
                     const std::string& origin,
                     const std::string& section,
                     const std::string& key) {
  std::istringstream lines(text);
  std::string line;
  std::string current;
  for (int number = 1; std::getline(lines, line); ++number) {
    const std::string_view trimmed = trim(line);
    if (trimmed.size() > 1 && trimmed.front() == '[') {
      current = std::string(trim(trimmed.substr(1, trimmed.find(']') - 1)));
    }
    const std::string_view name = trim(trimmed.substr(0, trimmed.find('=')));
    if (current == section && (key.empty() || name == key)) return cat(origin, ":", number);
  }
  return origin;
}

std::string did_you_mean(const std::string& nearest) {
  return nearest.empty() ? std::string{} : "; did you mean '" + nearest + "'?";
}

/// Throws InputError unless [section] key = value is known, whoever reads it.
void check_known(const std::string& place,
                 const std::string& section,
                 const std::string& key,
                 const std::string& value) {
  const auto sections = section_names();
  require(std::ranges::find(sections, section) != sections.end(), place, ": unknown section [",
          section, "]", did_you_mean(similar_name(section, sections)));
  require(is_section_key(section, key), place, ": unknown key '", key, "' in [", section, "]",
          did_you_mean(similar_key(section, key)));
  try {
    check_section_value(section, key, value);
  } catch (const InputError& error) {
    throw InputError(cat(place, ": ", error.what()));
  }
}

std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

}  // namespace

bool Options::Bound::is_key(std::string_view word) const {
  if (section.empty()) return is_called(word);
  return word.starts_with(section + ".") && is_called(word.substr(section.size() + 1));
}

bool Options::is_own(const Bound& bound) const {
  return bound.section.empty() || bound.section == own_section_ ||
         std::ranges::find(families_, bound.section) != families_.end();
}

bool Options::is_value_of(const Bound& flag, const std::string& word) const {
  static const Names kWords = {"true", "false", "on", "off", "yes", "no", "1", "0"};
  if (std::ranges::find(kWords, word) != kWords.end()) return true;
  // Where families are the verb's only words, what else follows a key of a file is meant for it.
  if (families_.empty() || flag.section.empty() || word.starts_with("-")) return false;
  return !is_family(word);
}

Options::Bound* Options::find(std::string_view name) {
  for (Bound& bound : bound_) {
    if (bound.is_key(name) || (is_own(bound) && bound.is_called(name))) return &bound;
  }
  return nullptr;
}

void Options::choose_family(const std::vector<std::string>& words) {
  if (families_.empty()) return;
  std::string family = families_.front();
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!is_family(words[i])) continue;
    // "--out facts" names a folder, "--force facts" a family.
    const bool follows = i > 0 && words[i - 1].starts_with("--");
    const Bound* before = follows ? find(words[i - 1].substr(2)) : nullptr;
    const bool is_value = before != nullptr ? !before->flag : follows && words[i - 1] == "--config";
    if (is_value) continue;
    family = words[i];
    break;
  }
  const auto other = [&](const Bound& bound) {
    return bound.section != family &&
           std::ranges::find(families_, bound.section) != families_.end();
  };
  const auto kept = std::stable_partition(bound_.begin(), bound_.end(), std::not_fn(other));
  dropped_.assign(kept, bound_.end());
  bound_.erase(kept, bound_.end());
}

void Options::refuse(const std::string& key, const std::string& word) const {
  for (const Bound& bound : dropped_) {
    require(!bound.is_called(key) && !bound.is_key(key), word, ": is an option of ", bound.section,
            " alone");
  }
  throw InputError(cat("unknown option ", word, did_you_mean(nearest_option(key))));
}

bool Options::is_family(const std::string& word) const {
  return std::ranges::find(families_, word) != families_.end();
}

void Options::note(const Bound& bound, const std::string& place, std::string_view called) {
  const bool on_line = place == kCommandLine;
  const std::string where = on_line ? "--" : place + ": ";
  if (!bound.notes.retired.empty()) {
    if (on_line) notes_.push_back(cat("--", called, " changes nothing: ", bound.notes.retired));
    return;
  }
  const std::string_view name = called.substr(called.rfind('.') + 1);
  if (!bound.notes.was_called(name)) return;
  const std::string_view prefix = called.substr(0, called.size() - name.size());
  notes_.push_back(
      cat(where, called, " is called ", on_line ? "--" : "", prefix, bound.name, " now"));
}

void Options::read_ini(const std::string& text, const std::string& origin) {
  std::istringstream stream(with_plain_comments(text));
  po::parsed_options parsed(nullptr);
  try {
    parsed = po::parse_config_file(stream, po::options_description{}, true);
  } catch (const po::error& error) {
    throw InputError(cat(origin, ": not an INI file (", one_line(error.what()), ")"));
  }
  for (const auto& option : parsed.options) {
    const auto dot = option.string_key.find('.');
    require(dot != std::string::npos, origin, ": '", option.string_key,
            "' stands before the first [section]");
    const std::string section = option.string_key.substr(0, dot);
    const std::string key = option.string_key.substr(dot + 1);
    const std::string value = join_text(option.value, " ");
    const std::string place = place_of(text, origin, section, key);
    check_known(place, section, key, value);
    for (Bound& bound : bound_) {
      if (!bound.is_key(option.string_key)) continue;
      bound.set(option.string_key, value);
      bound.origin = place;
      note(bound, place, key);
    }
  }
}

Names Options::given() const {
  Names names;
  for (const Bound& bound : bound_) {
    if (bound.origin == kCommandLine) names.push_back(bound.name);
  }
  return names;
}

std::string Options::origin(std::string_view section, std::string_view name) const {
  for (const Bound& bound : bound_)
    if (bound.section == section && bound.name == name) return bound.origin;
  return std::string(kDefault);
}

std::string Options::located(const std::string& message) const {
  if (!message.starts_with("--")) return message;
  const std::string called = message.substr(2, message.find_first_of(" :") - 2);
  for (const Bound& bound : bound_) {
    if (!bound.is_key(called) && !(is_own(bound) && bound.is_called(called))) continue;
    if (bound.origin == kDefault || bound.origin == kCommandLine) return message;
    return cat(bound.origin, ": ", message.substr(2));
  }
  return message;
}

void Options::assign_line(const std::string& name, const std::string& value) {
  Bound* bound = find(name);
  // A list that is given twice goes on: --predictions a --predictions b.
  const bool again = bound->list && bound->section.empty() && bound->origin == kCommandLine;
  bound->set(name, again ? cat(bound->text(), ",", value) : value);
  bound->origin = kCommandLine;
  note(*bound, bound->origin, name);
  // Those of a section are checked by its config, which knows how they go together.
  if (bound->section.empty()) bound->check(name);
}

std::vector<std::string> Options::join_values(const std::vector<std::string>& words) {
  std::vector<std::string> joined;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool option = words[i].starts_with("--") && words[i].size() > 2;
    joined.push_back(words[i]);
    if (!option || words[i].find('=') != std::string::npos) continue;
    const Bound* bound = find(words[i].substr(2));
    if (bound == nullptr) continue;
    const bool has_next = i + 1 < words.size();
    if (bound->flag) {
      joined.back() += "=";
      joined.back() += has_next && is_value_of(*bound, words[i + 1]) ? words[++i] : "true";
    } else if (has_next && !(bound->list && bound->section.empty())) {
      // Joined, so that a value may begin with '-'.
      joined.back() += "=";
      joined.back() += words[++i];
    }
  }
  return joined;
}

void Options::declare_all(po::options_description& description) const {
  description.add_options()("help,h", "")("quiet,q", "")(
      "config", po::value<std::vector<std::string>>()->composing(), "")(
      "memory", po::value<std::vector<std::string>>()->composing(), "");
  for (const Bound& bound : bound_) {
    const std::string prefix = bound.section.empty() ? "" : bound.section + ".";
    Names names = {bound.name};
    names.insert(names.end(), bound.notes.was.begin(), bound.notes.was.end());
    for (std::size_t i = 0, plain = names.size(); i < plain; ++i) {
      if (!prefix.empty() && is_own(bound)) names.push_back(prefix + names[i]);
      if (!prefix.empty() && !is_own(bound)) names[i] = prefix + names[i];
    }
    for (const std::string& name : names) {
      auto* value = po::value<std::vector<std::string>>()->composing();
      if (bound.list && bound.section.empty()) value->multitoken();
      description.add_options()(name.c_str(), value, "");
    }
  }
}

std::vector<std::string> Options::parse(const std::vector<std::string>& words) {
  refuse_empty(words);
  choose_family(words);
  po::options_description description;
  declare_all(description);
  po::parsed_options parsed(nullptr);
  try {
    parsed =
        po::command_line_parser(join_values(words))
            .options(description)
            .style(po::command_line_style::unix_style & ~po::command_line_style::allow_guessing)
            .allow_unregistered()
            .run();
  } catch (const po::error& error) {
    throw InputError(one_line(error.what()));
  }
  std::vector<std::string> positional;
  std::vector<std::pair<std::string, std::string>> assigned;
  for (const auto& option : parsed.options) {
    const std::string& key = option.string_key;
    if (option.position_key >= 0 || key.empty()) {
      positional.insert(positional.end(), option.value.begin(), option.value.end());
    } else if (option.unregistered) {
      refuse(key, option.original_tokens.front());
    } else if (key == "config") {
      for (const std::string& file : option.value) read_ini(read_text_file(file), file);
    } else if (key == "memory") {
      memory_ = option.value.back();
    } else if (key == "help" || key == "quiet") {
      (key == "help" ? help_ : quiet_) = true;
    } else {
      assigned.emplace_back(key, join_text(option.value, ","));
    }
  }
  // After the files: the command line wins.
  for (const auto& [key, value] : assigned) assign_line(key, value);
  return positional;
}

}  // namespace recombine
