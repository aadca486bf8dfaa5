// What options say of themselves: INI text, help, descriptions for pages.

#include <sstream>

#include "tools/options.h"
#include "tools/sections.h"
#include "tools/wrap.h"

namespace recombine {
namespace {

constexpr std::size_t kHelpColumns = 100;
constexpr std::size_t kHelpLeft = 26;  ///< the column of names

}  // namespace

std::string Options::Described::typed() const {
  return cat("--", own || section.empty() ? "" : section + ".", field.name);
}

std::string Options::ini_text() const {
  std::ostringstream text;
  for (const std::string& section : section_names()) {
    bool opened = false;
    for (const Bound& bound : bound_) {
      if (bound.section != section || !bound.notes.retired.empty()) continue;
      if (!opened) text << (text.tellp() > 0 ? "\n" : "") << "[" << section << "]\n";
      opened = true;
      const std::string value = bound.text();
      require(value.find('#') == std::string::npos, "--", bound.key(), " ", value,
              ": '#' begins a comment in an INI file; choose a name without it");
      text << "# " << full_help(bound.help, bound.notes) << " (" << bound.origin << ")\n"
           << bound.name << " = " << value << "\n";
    }
  }
  return text.str();
}

std::vector<Options::Described> Options::described() const {
  std::vector<Described> all;
  for (const auto* bounds : {&bound_, &dropped_}) {
    for (const Bound& bound : *bounds) {
      if (!bound.notes.retired.empty()) continue;
      all.push_back({bound.section,
                     {bound.name, bound.text(), bound.help, bound.notes},
                     bound.flag,
                     bound.list,
                     is_own(bound)});
    }
  }
  return all;
}

std::string Options::help_text() const {
  std::ostringstream text;
  std::string section = "-";
  const auto print = [&](const std::string& left, const std::string& help) {
    const std::string gap(left.size() < kHelpLeft ? kHelpLeft - left.size() : 1, ' ');
    const std::size_t begin = 2 + left.size() + gap.size();
    text << "  " << left << gap << wrap_words(help, kHelpColumns, kHelpLeft + 2, begin) << "\n";
  };
  for (const Described& option : described()) {
    if (option.section != section) {
      section = option.section;
      text << (section.empty() ? "\noptions:\n" : "\n[" + section + "]\n");
    }
    const std::string& value = option.field.value;
    print(option.typed() + (option.flag   ? ""
                            : option.list ? " A,B"
                                          : " X"),
          full_help(option.field.help, option.field.notes) +
              (value.empty() || value == "false" ? "" : "  [" + value + "]"));
  }
  text << "\ncommon:\n";
  print("--config FILE.ini", "options from a file; later files win, the command line over files");
  print("--memory SIZE",
        "end with one line where more memory is needed than so much, such as 512M or 2G");
  print("--quiet", "no progress");
  print("--help", "this text");
  return text.str();
}

std::string Options::nearest_option(const std::string& key) const {
  // What may have been meant -> what to type for it.
  std::map<std::string, std::string> typed = {
      {"config", "config"}, {"memory", "memory"}, {"quiet", "quiet"}, {"help", "help"}};
  for (const Bound& bound : bound_) {
    if (!bound.notes.retired.empty()) continue;
    const std::string name = is_own(bound) ? bound.name : bound.key();
    for (const std::string& known : {bound.name, bound.key()}) typed.emplace(known, name);
    for (const std::string& other : bound.notes.other_names()) {
      typed.emplace(other, name);
      typed.emplace(cat(bound.section, ".", other), name);
    }
  }
  std::vector<std::string> known;
  known.reserve(typed.size());
  for (const auto& [name, to_type] : typed) known.push_back(name);
  const auto found = typed.find(similar_name(key, known));
  return found == typed.end() ? std::string{} : found->second;
}

}  // namespace recombine
